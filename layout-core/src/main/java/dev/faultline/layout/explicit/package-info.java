/** Structs put together from members at offsets that are told, with each unused byte told too. */
package dev.faultline.layout.explicit;
