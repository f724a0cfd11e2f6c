/**
 * Types of C and how they are spelled, in one way wherever they come from: {@code int (*)(struct sk_buff *)}, {@code
 * char *const *}, {@code u8[48]}.
 */
@Internal
package dev.faultline.layout.ctype;

import dev.faultline.api.Internal;
