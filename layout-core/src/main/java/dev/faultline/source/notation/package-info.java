/** Reads layouts from notation: pahole's output, a mail, a C declaration. */
@Internal
package dev.faultline.source.notation;

import dev.faultline.api.Internal;
