/**
 * A layout as a declaration: C that a compiler lays out so, Java for off-heap structs, and the change of a source that
 * declares the struct already. Text out, nothing else; what a language cannot say is refused or said in a note.
 */
package dev.faultline.layout.emit;
