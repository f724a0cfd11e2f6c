/** Random access files, and what they add up to. */
package dev.faultline.testing.access;
