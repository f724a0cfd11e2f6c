/**
 * Splits a text in C, C++ or pahole's dialect of them into tokens: carries out directives and macros, and computes
 * constant expressions. What a name means in an expression is as far known as the text has declared it.
 */
@Internal
package dev.faultline.layout.token;

import dev.faultline.api.Internal;
