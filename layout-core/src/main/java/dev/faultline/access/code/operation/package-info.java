/**
 * From effects to operations: what each method that others call does to one object, with everything it calls, and which
 * threads run it as far as the code shows that.
 */
@Internal
package dev.faultline.access.code.operation;

import dev.faultline.api.Internal;
