/**
 * Contracts: files that promise something of structs, the promises that group markers make, and the check of both. What is
 * checked here is the same for {@code faultline check} and for tests ({@code dev.faultline.assertion}).
 */
@Internal
package dev.faultline.contract;

import dev.faultline.api.Internal;
