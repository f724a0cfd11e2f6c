/** Generated classes that the recorder must not change the results of. */
package dev.faultline.recorder.corpus;
