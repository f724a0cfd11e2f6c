package dev.faultline.source.jvm.declared;

/** What {@code java.lang.foreign} throws while a layout is made: the initialiser would not end. */
final class LayoutRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Most characters of a reason: texts of layouts may be long. */
    private static final int MOST = 300;

    LayoutRefusal(String reason) {
        super(reason.length() > MOST ? reason.substring(0, MOST) + "..." : reason, null, false, false);
    }
}
