/** Reads the code of class files: which method does what to which field, as {@code access.code} says it. */
@Internal
package dev.faultline.source.jvm.code;

import dev.faultline.api.Internal;
