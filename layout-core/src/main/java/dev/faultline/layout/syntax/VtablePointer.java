package dev.faultline.layout.syntax;

import dev.faultline.layout.MemberRole;
import java.util.List;

/** Tells pointers to tables of virtual functions from other members, by the names that compilers give them. */
final class VtablePointer {

    private static final List<String> NAMES = List.of("_vptr", "__vptr", "__vfptr", "_vfptr", "__vbptr", "_vbptr");

    private VtablePointer() {}

    /**
     * {@return the role of a member}
     *
     * @param name its name, such as {@code _vptr.Session} (gcc) or {@code _vptr$Session} (clang)
     * @param pointer whether it is a pointer
     */
    static MemberRole role(String name, boolean pointer) {
        for (String known : NAMES) {
            boolean ends =
                    name.equals(known) || name.startsWith(known) && ".$".indexOf(name.charAt(known.length())) >= 0;
            if (pointer && ends) {
                return MemberRole.VTABLE_POINTER;
            }
        }
        return MemberRole.FIELD;
    }
}
