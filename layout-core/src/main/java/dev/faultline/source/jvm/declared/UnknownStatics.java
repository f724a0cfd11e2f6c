package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import dev.faultline.source.jvm.code.ConstantPool;
import dev.faultline.source.jvm.declared.InitialiserRunner.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The static fields that may declare structs and that no evaluation of bytecode knows. */
final class UnknownStatics {

    /** Most classes that are asked for. */
    private static final int MOST = 1000;

    /** The first JDK that has {@code java.lang.foreign}. */
    private static final int FOREIGN_FEATURE = 22;

    /** The version of class files of a JDK is its own number and this. */
    private static final int FIRST_MAJOR = 44;

    private static final int MAJOR_AT = 6;

    private final StaticEvaluator evaluator;
    private final Function<String, Optional<DeclaredStructs.ClassFileBytes>> files;

    UnknownStatics(StaticEvaluator evaluator, Function<String, Optional<DeclaredStructs.ClassFileBytes>> files) {
        this.evaluator = evaluator;
        this.files = files;
    }

    /** {@return the classes with such fields, in order} */
    List<Request> of(Collection<ClassCode> classes) {
        List<Request> requests = new ArrayList<>();
        for (ClassCode type : classes) {
            boolean isHolder = ForeignLayouts.isHolder(type) || OffsetConstants.isHolder(type);
            if (isHolder && requests.size() < MOST) {
                request(type).ifPresent(requests::add);
            }
        }
        return requests;
    }

    private Optional<Request> request(ClassCode type) {
        Map<String, StaticValue> values = evaluator.values(type.name());
        List<DeclaredField> unknown = type.fields().stream()
                .filter(field -> field.is(DeclaredField.Trait.STATIC) && field.is(DeclaredField.Trait.FINAL))
                .filter(field -> !values.containsKey(field.name()))
                .filter(field -> ForeignLayouts.isLayout(field) || OffsetConstants.isNumber(field))
                .toList();
        boolean hasLayout = unknown.stream().anyMatch(ForeignLayouts::isLayout);
        boolean hasOffset = unknown.stream().anyMatch(field -> OffsetConstant.isNamed(field.name()))
                && OffsetConstants.isHolder(type);
        if (!hasLayout && !hasOffset) {
            return Optional.empty();
        }
        return files.apply(type.name())
                .filter(file -> hasLayout || !new ConstantPool(file.bytes()).hasText(UnknownStatics::isOfObjects))
                .map(file -> new Request(
                        ClassNames.external(type.name()),
                        Math.max(hasLayout ? FOREIGN_FEATURE : 0, feature(file.bytes())),
                        unknown.stream().map(DeclaredField::name).toList()));
    }

    /**
     * {@return whether a method asks where fields of Java objects are: constants with that are of no struct outside}
     */
    private static boolean isOfObjects(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("fieldoffset") || lower.endsWith("arraybaseoffset");
    }

    private static int feature(byte[] file) {
        return ((file[MAJOR_AT] & 0xFF) << 8 | file[MAJOR_AT + 1] & 0xFF) - FIRST_MAJOR;
    }
}
