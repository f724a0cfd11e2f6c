/**
 * What the hooks of a C or C++ program have counted: reads the file that they write, and makes rows of an access file
 * of it, with the names that the program's files give to addresses.
 */
@Internal
package dev.faultline.access.hooks;

import dev.faultline.api.Internal;
