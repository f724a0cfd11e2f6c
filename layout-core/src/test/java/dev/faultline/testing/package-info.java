/** What several tests use. */
package dev.faultline.testing;
