/**
 * Groups of options as picocli fills them, and the small values they consist of. No path is opened here and no name
 * looked up: {@link dev.faultline.cli.run.OptionResolver} does that. A value that is wrong in itself is refused here;
 * the message names what was expected, what was given and the nearest word that is known.
 */
package dev.faultline.cli.option;
