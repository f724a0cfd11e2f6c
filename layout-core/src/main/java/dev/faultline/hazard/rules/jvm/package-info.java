/**
 * Rules about objects of the JVM, which need what the source of a class declares beside the bytes of its objects. Like
 * the other rules, each is named after its hazard and listed in the catalogue.
 */
@Internal
package dev.faultline.hazard.rules.jvm;

import dev.faultline.api.Internal;
