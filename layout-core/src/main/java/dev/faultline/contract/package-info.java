/**
 * Contracts: files with promises about structs, the promises implied by group markers, and the checks of both. {@code
 * faultline check} and tests ({@code dev.faultline.assertion}) use the same checks.
 */
@Internal
package dev.faultline.contract;

import dev.faultline.api.Internal;
