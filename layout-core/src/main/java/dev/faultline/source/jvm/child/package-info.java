/**
 * A VM of its own that runs static initialisers of a program and tells what they computed. It is started only when the
 * user asks for that; what it prints and answers is hostile input.
 */
package dev.faultline.source.jvm.child;
