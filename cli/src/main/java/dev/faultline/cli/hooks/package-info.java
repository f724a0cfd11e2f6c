/** What the hooks of C and C++ programs have counted, and the files of these programs. */
package dev.faultline.cli.hooks;
