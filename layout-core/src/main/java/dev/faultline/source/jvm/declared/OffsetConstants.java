package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.layout.emit.OffsetConstantsForm;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The structs that a class declares by constants whose names say that they are offsets. */
final class OffsetConstants {

    private static final Pattern LENGTH =
            Pattern.compile("(?!(.*_)?(MAX|MIN|MAXIMUM|MINIMUM|DEFAULT)_)(.*_)?" + "(LENGTH|SIZE|BYTES)");

    private static final String ANY = "any multiple of 8: no allocation of it was seen";

    /** A struct with the constants that declare it. */
    record Found(DeclaredStruct struct, List<OffsetConstant> constants) {}

    private final String source;
    private final StaticEvaluator evaluator;

    OffsetConstants(String source, StaticEvaluator evaluator) {
        this.source = source;
        this.evaluator = evaluator;
    }

    /** {@return whether a field is a constant that is an int or a long} */
    static boolean isNumber(DeclaredField field) {
        return field.is(DeclaredField.Trait.STATIC)
                && field.is(DeclaredField.Trait.FINAL)
                && (field.descriptor().equals("I") || field.descriptor().equals("J"));
    }

    /** {@return whether a class has two or more constants whose names say that they are offsets} */
    static boolean isHolder(ClassCode type) {
        return type.fields().stream()
                        .filter(field -> isNumber(field) && OffsetConstant.isNamed(field.name()))
                        .limit(2)
                        .count()
                > 1;
    }

    /** {@return the numbers that are constants of a class, by name, in the order of the declaration} */
    Map<String, Long> numbers(ClassCode type) {
        Map<String, StaticValue> values = evaluator.values(type.name());
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (DeclaredField field : type.fields()) {
            if (isNumber(field) && values.get(field.name()) instanceof StaticValue.Whole whole) {
                numbers.put(field.name(), whole.number());
            }
        }
        return numbers;
    }

    /**
     * {@return the structs that a class declares}
     *
     * @param type the class
     * @param accesses how code accesses what its constants stand for
     */
    List<Found> of(ClassCode type, AccessTypes accesses) {
        Map<String, Long> numbers = numbers(type);
        List<OffsetConstant> constants = new ArrayList<>();
        Map<String, Long> lengths = new TreeMap<>();
        numbers.forEach((name, value) -> {
            if (OffsetConstant.isNamed(name)) {
                constants.add(new OffsetConstant(name, value, accesses.letter(name, value)));
            } else if (LENGTH.matcher(name).matches()) {
                lengths.put(name, value);
            }
        });
        List<Found> found = new ArrayList<>();
        String name = ClassNames.external(type.name()) + ".offsets";
        int number = 0;
        for (OffsetGroup group : groups(constants)) {
            if (group.isStruct()) {
                number++;
                boolean isRun = group.constants().stream()
                        .anyMatch(each -> evaluator.computed().has(type.name(), each.name()));
                String what = "offset constants" + (isRun ? " " + ForeignLayouts.BY_RUNNING : "");
                group.layout(number == 1 ? name : name + number, what, source, lengths)
                        .ifPresent(laidOut -> found.add(found(type, group, laidOut)));
            }
        }
        return found;
    }

    private static Found found(ClassCode type, OffsetGroup group, OffsetGroup.LaidOut laidOut) {
        Map<String, String> heads = type.fields().stream()
                .collect(Collectors.toMap(DeclaredField::name, DeclaredStruct::head, (one, other) -> one));
        List<OffsetConstantsForm.Constant> offsets = new ArrayList<>();
        laidOut.names()
                .forEach((field, name) -> offsets.add(new OffsetConstantsForm.Constant(field, heads.get(name), name)));
        OffsetConstantsForm form = new OffsetConstantsForm(
                offsets,
                laidOut.length().map(name -> new OffsetConstantsForm.Constant("", heads.get(name), name)),
                notes(ClassNames.external(type.name()), laidOut));
        return new Found(new DeclaredStruct(type.name(), laidOut.layout(), 8, ANY, form), group.constants());
    }

    private static List<String> notes(String type, OffsetGroup.LaidOut laidOut) {
        List<String> notes = new ArrayList<>();
        notes.add("where static { } of " + type + " assigns to these constants, take that away");
        laidOut.gaps().ifPresent(notes::add);
        return notes;
    }

    /**
     * One group when its fields are apart; else a group for each run of constants, in the order of the declaration,
     * that starts where an offset is not beyond the one before.
     */
    private static List<OffsetGroup> groups(List<OffsetConstant> constants) {
        OffsetGroup all = new OffsetGroup(constants);
        if (all.isApart()) {
            return List.of(all);
        }
        List<OffsetGroup> groups = new ArrayList<>();
        List<OffsetConstant> run = new ArrayList<>();
        for (OffsetConstant constant : constants) {
            boolean isRestart = !run.isEmpty()
                    && constant.byteOffset() <= run.get(run.size() - 1).byteOffset();
            if (isRestart) {
                groups.add(new OffsetGroup(run));
                run.clear();
            }
            run.add(constant);
        }
        groups.add(new OffsetGroup(run));
        return groups;
    }
}
