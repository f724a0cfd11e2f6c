package dev.faultline.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The types of a module that its users may rely on: public, and not marked {@link Internal}. */
public final class ExportedTypes {

    private final JavaClasses classes;
    private final String module;

    /**
     * The types of one module.
     *
     * @param packageName the package above all packages of the module
     * @param module what the location of its class files contains: {@code "/layout-core/"}
     */
    public ExportedTypes(String packageName, String module) {
        this.classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(packageName);
        this.module = module;
    }

    /** {@return the full names of the exported top-level types of the module, sorted} */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        classes.stream()
                .filter(type -> type.isTopLevelClass() && isInModule(type) && isExported(type))
                .forEach(type -> names.add(type.getName()));
        return List.copyOf(names);
    }

    /**
     * {@return one line for each type that an exported one mentions in its interface and that is not exported itself}
     */
    public List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : classes) {
            if (isInModule(type) && isExported(type)) {
                type.getMembers().stream()
                        .filter(member -> isOffered(member))
                        .flatMap(member -> mentioned(member).map(other -> member.getFullName() + " mentions " + other))
                        .forEach(leaks::add);
            }
        }
        return leaks.stream().sorted().distinct().toList();
    }

    private boolean isInModule(JavaClass type) {
        return type.getSource().orElseThrow().getUri().toString().contains(module);
    }

    private static boolean isExported(JavaClass type) {
        Set<JavaModifier> modifiers = type.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC)
                && !type.getSimpleName().equals("package-info")
                && !type.isAnnotatedWith(Internal.class)
                && !type.getPackage().isAnnotatedWith(Internal.class)
                && type.getEnclosingClass().map(ExportedTypes::isExported).orElse(true);
    }

    private static boolean isOffered(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && !member.isAnnotatedWith(Internal.class);
    }

    private static Stream<String> mentioned(JavaMember member) {
        Stream<JavaClass> types = member instanceof JavaCodeUnit code
                ? Stream.concat(
                        code.getReturnType().getAllInvolvedRawTypes().stream(),
                        code.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                : ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
        return types.map(JavaClass::getBaseComponentType)
                .filter(type -> type.getPackageName().startsWith("dev.faultline") && !isExported(type))
                .map(JavaClass::getName)
                .distinct();
    }
}
