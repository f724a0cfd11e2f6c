/**
 * Takes back what mail, the web, terminals and diffs did to a text, so that readers see what a tool printed. Lines and
 * columns stay those of the pasted text, because what is removed is replaced character by character.
 */
@Internal
package dev.faultline.layout.paste;

import dev.faultline.api.Internal;
