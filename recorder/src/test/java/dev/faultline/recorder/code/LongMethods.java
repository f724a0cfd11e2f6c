package dev.faultline.recorder.code;

import org.objectweb.asm.ClassReader;

/** Tells tests which classes are recorded only in part. */
public final class LongMethods {

    private LongMethods() {}

    /** {@return whether a class has a method that would become too long} */
    public static boolean areIn(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassSurvey survey = ClassSurvey.of(reader);
        return survey.hasLongMethods();
    }
}
