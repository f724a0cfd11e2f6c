/**
 * Rewrites what debuggers print of structs, gdb's {@code ptype /o} and crash's {@code struct -o}, into pahole's
 * notation: these state the place of a member in front of it. Each line stays on its line, so that places in messages
 * are true.
 */
@Internal
package dev.faultline.layout.debugger;

import dev.faultline.api.Internal;
