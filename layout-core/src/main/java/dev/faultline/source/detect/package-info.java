/**
 * Opens the source that a name refers to. The kind of a file is detected by its first bytes, never by its name. Two
 * words name sources without a file: {@code kernel} and {@code jvm}.
 */
@Internal
package dev.faultline.source.detect;

import dev.faultline.api.Internal;
