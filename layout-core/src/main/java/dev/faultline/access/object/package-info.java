/**
 * What the source of a class says about its objects beside their bytes: which class declares which field, what keeps
 * fields apart, which objects constructors make, and the static fields.
 */
@Internal
package dev.faultline.access.object;

import dev.faultline.api.Internal;
