package dev.faultline.source.jvm.declared;

/** What a library throws while a layout is made: the initialiser would not end. */
final class LayoutRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Most characters of a reason: texts of layouts may be long. */
    private static final int MOST = 300;

    /** A refusal by {@code java.lang.foreign}. */
    LayoutRefusal(String reason) {
        this("java.lang.foreign", reason);
    }

    LayoutRefusal(String library, String reason) {
        super(
                library + " refuses " + (reason.length() > MOST ? reason.substring(0, MOST) + "..." : reason),
                null,
                false,
                false);
    }
}
