/**
 * Class files: the names in them, their fields, and limits on what is read. Classes have internal names here ({@code
 * com/acme/Ring}).
 */
@Internal
package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
