/**
 * Parses declarations of structs, unions, classes and enums, with pahole's comments, into a syntax tree. Text around
 * the declarations is passed over; a declaration that cannot be read is skipped with its name, its line and the reason.
 */
@Internal
package dev.faultline.layout.syntax;

import dev.faultline.api.Internal;
