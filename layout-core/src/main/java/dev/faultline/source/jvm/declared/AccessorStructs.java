package dev.faultline.source.jvm.declared;

import dev.faultline.layout.emit.OffsetConstantsForm;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.MemoryAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Structs that no constant or layout declares: what a field of a class refers to, where methods of the class access it
 * at fixed offsets, each method one of them. Fields are named by the constant of the class with that offset, if it has
 * one of it; else by their shortest accessor.
 */
final class AccessorStructs {

    private static final Set<String> VERBS = Set.of("get", "set", "put", "is");
    private static final String ANY = "any multiple of 8: no allocation of it was seen";

    private final String source;

    AccessorStructs(String source) {
        this.source = source;
    }

    /**
     * {@return the structs}
     *
     * @param type internal name of the class
     * @param numbers its constants that are numbers
     * @param accesses accesses in its code at numbers, which no struct is known for
     */
    List<DeclaredStruct> of(String type, Map<String, Long> numbers, List<MemoryAccess> accesses) {
        Map<String, List<MemoryAccess>> byBase = new LinkedHashMap<>();
        for (MemoryAccess access : accesses) {
            access.place()
                    .filter(place ->
                            !place.base().isEmpty() && place.isFixed() && OffsetConstant.bytes(access.letter()) > 0)
                    .ifPresent(place -> byBase.computeIfAbsent(place.base(), any -> new ArrayList<>())
                            .add(access));
        }
        List<DeclaredStruct> found = new ArrayList<>();
        byBase.forEach((base, all) -> struct(type, base, numbers, all).ifPresent(found::add));
        return found;
    }

    private Optional<DeclaredStruct> struct(
            String type, String base, Map<String, Long> numbers, List<MemoryAccess> accesses) {
        Map<Long, Character> letters = new TreeMap<>();
        Map<String, Set<Long>> offsets = new HashMap<>();
        boolean isWritten = false;
        for (MemoryAccess access : accesses) {
            long number = access.place().orElseThrow().number();
            letters.merge(
                    number,
                    access.letter(),
                    (one, other) -> OffsetConstant.bytes(other) > OffsetConstant.bytes(one) ? other : one);
            offsets.computeIfAbsent(access.method(), any -> new TreeSet<>()).add(number);
            isWritten |= access.writes();
        }
        List<OffsetConstant> constants = new ArrayList<>();
        for (Map.Entry<Long, Character> each : letters.entrySet()) {
            Optional<String> name = constant(numbers, each.getKey()).or(() -> accessor(offsets, each.getKey()));
            name.ifPresent(found -> constants.add(new OffsetConstant(found, each.getKey(), each.getValue())));
        }
        OffsetGroup group = new OffsetGroup(constants);
        if (!isWritten || constants.size() < letters.size() || !group.isStruct()) {
            return Optional.empty();
        }
        String name = ClassNames.external(type) + "." + base;
        return group.layout(name, "offsets in the code of its accessors", source, Map.of())
                .map(laidOut -> new DeclaredStruct(
                        type, laidOut.layout(), 8, ANY, form(type, laidOut, new TreeSet<>(offsets.keySet()))));
    }

    private static OffsetConstantsForm form(String type, OffsetGroup.LaidOut laidOut, Set<String> methods) {
        List<String> notes = new ArrayList<>();
        notes.add("the offsets are numbers in the methods " + String.join(", ", methods) + " of "
                + ClassNames.external(type) + ": use these constants there");
        laidOut.gaps().ifPresent(notes::add);
        return OffsetConstantsForm.of(laidOut.layout(), notes);
    }

    private static Optional<String> constant(Map<String, Long> numbers, long byteOffset) {
        List<String> names = numbers.entrySet().stream()
                .filter(each -> each.getValue() == byteOffset)
                .map(Map.Entry::getKey)
                .toList();
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** {@return the name of the shortest method that accesses this offset and no other} */
    private static Optional<String> accessor(Map<String, Set<Long>> offsets, long byteOffset) {
        return offsets.entrySet().stream()
                .filter(each -> each.getValue().equals(Set.of(byteOffset))
                        && !each.getKey().startsWith("<"))
                .map(each -> plain(each.getKey()))
                .min((one, other) -> one.length() != other.length()
                        ? Integer.compare(one.length(), other.length())
                        : one.compareTo(other));
    }

    private static String plain(String method) {
        for (String verb : VERBS) {
            boolean isVerb = method.startsWith(verb)
                    && method.length() > verb.length()
                    && Character.isUpperCase(method.charAt(verb.length()));
            if (isVerb) {
                return Character.toLowerCase(method.charAt(verb.length())) + method.substring(verb.length() + 1);
            }
        }
        return method;
    }
}
