package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.FieldLocations;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a class and its fields are declared. The file is known from the class file, its directory from the package; a
 * line is known only for fields with an initialiser.
 */
final class ClassLocations {

    private ClassLocations() {}

    /** {@return the origins of an object with the files and lines of its class and superclasses} */
    static FieldOrigins of(Hierarchy hierarchy, ObjectLayout object, CodeIndex index) {
        Map<String, SourceLocation> locations = new HashMap<>();
        for (Hierarchy.Level level : hierarchy.levels()) {
            file(level.file()).ifPresent(file -> add(level.file(), file, object, index, locations));
        }
        return object.origins().withLocations(file(hierarchy.leaf()), FieldLocations.of(locations));
    }

    /** {@return the file of a class, from the directory in which its package starts} */
    static Optional<SourceLocation> file(ClassFile type) {
        String directories = ClassNames.packageOf(type.name());
        return type.sourceFile()
                .map(file -> new SourceLocation(directories.isEmpty() ? file : directories + "/" + file, 0));
    }

    private static void add(
            ClassFile type,
            SourceLocation file,
            ObjectLayout object,
            CodeIndex index,
            Map<String, SourceLocation> locations) {
        String owner = ClassNames.external(type.name());
        Map<String, SourceLocation> lines = new HashMap<>();
        for (DeclaredField field : index.of(owner).map(CodeClass::fields).orElse(List.of())) {
            field.line()
                    .ifPresent(line ->
                            lines.put(key(field.name(), field.descriptor()), new SourceLocation(file.file(), line)));
        }
        for (ClassFile.Field field : type.fields()) {
            String path = object.paths().get(new CodeField(owner, field.name()));
            if (path != null) {
                locations.putIfAbsent(path, lines.getOrDefault(key(field.name(), field.descriptor()), file));
            }
        }
    }

    private static String key(String name, String descriptor) {
        return name + " " + descriptor;
    }
}
