package dev.faultline.source.jvm.values;

/** Says why the layout of a value interface is not known. */
final class ValueRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    ValueRefusal(String reason) {
        super(reason, null, false, false);
    }
}
