package dev.faultline.source.jvm;

import dev.faultline.source.jvm.ClassFile.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields that no class file declares: the VM adds them when it loads certain classes of the JDK. Without them a
 * subclass of {@code Thread} or {@code ClassLoader} would be laid out wrongly.
 *
 * <p>Their sizes were found by looking at the gaps between the declared fields on 17.0.15 and 25.0.3; what they are for
 * shows in no class file, so they have no names but a number. Those of 21 are taken to be those of 25.
 */
final class VmFields {

    /** Ends with the parenthesis that marks what nobody declared; the number tells several apart. */
    private static final String NAME = "(vm ";

    private static final String EVENT = "jdk/internal/event/Event";

    /** One descriptor a field, in the order the VM takes them. */
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

    /** Classes whose instances the VM makes longer than their fields need, each as it likes. */
    private static final Set<String> OF_ANY_SIZE = Set.of("java/lang/Class", "jdk/internal/vm/StackChunk");

    private VmFields() {}

    /** {@return what the VM adds to a class, given the superclasses it has} */
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
            // Flight Recorder gives event classes the fields it stamps; reflection shows them.
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

    /** {@return whether reflection does not know that field either} */
    static boolean isHidden(Field field) {
        return field.name().startsWith(NAME);
    }

    /** {@return whether instances of that class differ in size} */
    static boolean isOfAnySize(String className) {
        return OF_ANY_SIZE.contains(className);
    }
}
