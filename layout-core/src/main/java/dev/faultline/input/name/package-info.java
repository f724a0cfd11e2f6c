/**
 * Names of types as people write them, in C, C++, Rust and Go, and how they match the names that debug information has.
 */
@Internal
package dev.faultline.input.name;

import dev.faultline.api.Internal;
