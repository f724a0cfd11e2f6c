/** Interfaces of Chronicle Values: where the library puts their fields, by its rules; no class is loaded. */
@Internal
package dev.faultline.source.jvm.values;

import dev.faultline.api.Internal;
