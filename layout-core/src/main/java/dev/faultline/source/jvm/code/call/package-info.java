/** What calls of methods do to fields and memory that are known by name and types alone. */
package dev.faultline.source.jvm.code.call;
