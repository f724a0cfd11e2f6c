/**
 * Finds better layouts of a Java class. The VM orders the fields within a class, so fields are spread over a chain of
 * superclasses with padding classes between them; the model of the VM lays out each chain.
 */
@Internal
package dev.faultline.suggest.java;

import dev.faultline.api.Internal;
