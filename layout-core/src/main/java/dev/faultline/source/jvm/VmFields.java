package dev.faultline.source.jvm;

import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFile.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields that the VM adds to certain classes of the JDK when it loads them. No class file declares them, but subclasses
 * of {@code Thread} and {@code ClassLoader} are laid out behind them.
 *
 * <p>Their sizes were found from the gaps between declared fields on 17.0.15 and 25.0.3. They have numbers for names.
 * Those of 21 are assumed to be those of 25, those before 17 those of 17.
 */
final class VmFields {

    /** Path prefix; the parentheses mark fields that no source declares, the number distinguishes several. */
    private static final String NAME = "(vm ";

    private static final String EVENT = "jdk/internal/event/Event";

    /** Descriptors of the added fields by class, in the order in which the VM places them. */
    private static final Map<String, List<String>> ALWAYS = Map.of(
            "java/lang/Class", List.of("J", "J", "I", "I"),
            "java/lang/ClassLoader", List.of("J"),
            "java/lang/InternalError", List.of("Z"),
            "java/lang/Module", List.of("J"),
            "java/lang/StackFrameInfo", List.of("S"),
            "java/lang/invoke/MemberName", List.of("J"),
            "java/lang/invoke/ResolvedMethodName", List.of("J"));

    private static final Map<String, List<String>> BEFORE_25 =
            Map.of("java/lang/invoke/MethodHandleNatives$CallSiteContext", List.of("J", "J"));

    private static final Map<String, List<String>> FROM_21 = Map.of(
            "java/lang/Thread", List.of("J", "I", "S", "Z"),
            "jdk/internal/vm/StackChunk", List.of("J", "I", "B", "B", "Ljava/lang/Object;"));

    private static final Map<String, List<String>> FROM_25 =
            Map.of("java/lang/VirtualThread", List.of("J"), "java/lang/invoke/CallSite", List.of("J", "J"));

    /** Classes whose instances differ in size. */
    private static final Set<String> OF_ANY_SIZE = Set.of("java/lang/Class", "jdk/internal/vm/StackChunk");

    private VmFields() {}

    /** {@return the fields that the VM adds to a class with these superclasses} */
    static List<Field> of(ClassFile file, Set<String> superNames, VmMode mode) {
        List<Field> added = new ArrayList<>();
        int feature = mode.feature();
        add(added, ALWAYS, file.name());
        if (feature < 25) {
            add(added, BEFORE_25, file.name());
        } else {
            add(added, FROM_25, file.name());
        }
        if (feature >= 21) {
            add(added, FROM_21, file.name());
        }
        boolean stampsItself =
                file.fields().stream().map(Field::name).anyMatch(Set.of("startTime", "duration")::contains);
        if (superNames.contains(EVENT) && !file.isAbstract() && !stampsItself) {
            // Flight Recorder adds these fields to event classes; reflection shows them.
            added.add(new Field("startTime", "J", false, Optional.empty()));
            added.add(new Field("duration", "J", false, Optional.empty()));
        }
        return added;
    }

    private static void add(List<Field> added, Map<String, List<String>> table, String className) {
        for (String descriptor : table.getOrDefault(className, List.of())) {
            added.add(new Field(NAME + (added.size() + 1) + ")", descriptor, false, Optional.empty()));
        }
    }

    /** {@return whether reflection does not show the field} */
    static boolean isHidden(Field field) {
        return field.name().startsWith(NAME);
    }

    /** {@return whether instances of that class differ in size} */
    static boolean isOfAnySize(String className) {
        return OF_ANY_SIZE.contains(className);
    }
}
