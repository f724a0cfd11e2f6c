/** The façade: {@link dev.faultline.Faultline}. It may use every package of the library, and no package uses it. */
package dev.faultline;
