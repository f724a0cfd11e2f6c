/** Goals of Maven that run commands of Faultline in a build. */
package dev.faultline.maven;
