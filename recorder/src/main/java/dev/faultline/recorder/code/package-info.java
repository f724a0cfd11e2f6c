/** Puts calls of {@link dev.faultline.recorder.run.Recorder} into classes as they are loaded. */
package dev.faultline.recorder.code;
