/** What the library promises of its own types. */
package dev.faultline.api;
