package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.MemoryAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types with which code accesses what the constants of a class stand for; of several the widest. */
final class AccessTypes {

    private final Map<String, Character> byName = new HashMap<>();
    private final Map<Long, Character> byNumber = new HashMap<>();
    private final Map<Long, Integer> constants = new HashMap<>();

    /**
     * Collects them.
     *
     * @param type the class, by its internal name
     * @param numbers its constants
     * @param accesses those that name constants of it, or are in code that sees its constants as numbers
     */
    AccessTypes(String type, Map<String, Long> numbers, List<MemoryAccess> accesses) {
        numbers.forEach((name, value) -> {
            if (OffsetConstant.isNamed(name)) {
                constants.merge(value, 1, Integer::sum);
            }
        });
        for (MemoryAccess access : accesses) {
            if (access.place().isEmpty() || OffsetConstant.bytes(access.letter()) == 0) {
                continue;
            }
            MemoryAccess.Place place = access.place().get();
            if (place.isFixed()) {
                byNumber.merge(place.number(), access.letter(), AccessTypes::wider);
            } else if (place.number() == 0) {
                for (Member constant : place.constants()) {
                    if (constant.owner().equals(type)) {
                        byName.merge(constant.name(), access.letter(), AccessTypes::wider);
                    }
                }
            }
        }
    }

    private static Character wider(Character one, Character other) {
        return OffsetConstant.bytes(other) > OffsetConstant.bytes(one) ? other : one;
    }

    /** {@return the type of the accesses at a constant; 0 when there is none, or another constant has its value} */
    char letter(String name, long value) {
        Character named = byName.get(name);
        if (named != null) {
            return named;
        }
        return constants.getOrDefault(value, 0) == 1 ? byNumber.getOrDefault(value, (char) 0) : 0;
    }
}
