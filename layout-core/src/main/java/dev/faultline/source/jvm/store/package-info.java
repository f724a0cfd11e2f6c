/** Collections of class files: jars, directories, single files, the JDK and class loaders. */
@Internal
package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
