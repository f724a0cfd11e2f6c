package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeCall;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.CodeReceiver;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import java.util.List;
import java.util.Locale;

/** What code does, in short lines that tests compare; what is usual is left out. */
final class EffectWords {

    private EffectWords() {}

    /** {@return the effects of a method, one a line: {@code "write volatile next = step"}} */
    static List<String> effects(CodeIndex index, String type, String method) {
        return method(index, type, method).effects().stream()
                .map(EffectWords::words)
                .toList();
    }

    static List<String> calls(CodeIndex index, String type, String method) {
        return method(index, type, method).calls().stream()
                .map(EffectWords::words)
                .toList();
    }

    static CodeMethod method(CodeIndex index, String type, String method) {
        return index.of(type).orElseThrow().methods().stream()
                .filter(each -> each.name().equals(method))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " has no " + method));
    }

    static String words(FieldEffect effect) {
        StringBuilder words = new StringBuilder(effect.kind().word());
        if (effect.order() != MemoryOrder.PLAIN) {
            words.append(' ').append(lower(effect.order()));
        }
        words.append(' ');
        if (effect.receiver() != CodeReceiver.SELF) {
            words.append(lower(effect.receiver())).append('.');
        }
        words.append(effect.field().name());
        switch (effect.reach()) {
            case ELEMENT -> words.append('[').append(effect.element()).append(']');
            case LENGTH -> words.append(".length");
            case REFERENT -> words.append('.').append(effect.element()).append("()");
            default -> {
                // The field itself.
            }
        }
        if (effect.stored().kind() != StoredValue.Kind.NONE && effect.stored().kind() != StoredValue.Kind.OTHER) {
            words.append(" = ").append(lower(effect.stored().kind()));
            words.append(
                    effect.stored().constant().isEmpty()
                            ? ""
                            : " " + effect.stored().constant());
        }
        words.append(effect.isConditional() ? " conditional" : "");
        words.append(effect.inLoop() ? " loop" : "");
        words.append(effect.polled() ? " polled" : "");
        words.append(effect.locked() ? " locked" : "");
        return words.toString();
    }

    static String words(CodeCall call) {
        String type = call.type().substring(call.type().lastIndexOf('.') + 1);
        return lower(call.receiver()) + " " + type + "." + call.method()
                + (call.inLoop() ? " loop" : "")
                + (call.isDeferred() ? " deferred" : "")
                + (call.handedTo().isEmpty() ? "" : " to " + call.handedTo());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
