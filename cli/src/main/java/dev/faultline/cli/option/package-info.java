/**
 * What a person can type: groups of options as picocli fills them, and the small values they are made of. Nothing here is
 * resolved: a path is not opened, a name is not looked up. Values that make no sense by themselves are refused here, with
 * what was expected, what was given and the nearest word that is known.
 */
package dev.faultline.cli.option;
