/**
 * Access as code shows it. A reader of code fills a {@link dev.faultline.access.code.CodeIndex} with classes and
 * methods and the effects of each on fields; from that, {@link dev.faultline.access.code.CodeAccess} says for one
 * struct which operation of which role does what to which field, and where. Nothing here knows a format of code: class
 * files are read in {@code source.jvm.code}.
 */
@Internal
package dev.faultline.access.code;

import dev.faultline.api.Internal;
