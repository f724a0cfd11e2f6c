package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The class files of the running JDK, read from its image without loading them. */
@Internal
public final class ModuleImage implements ClassStore {

    /** The packages of the image; listing them takes a few milliseconds, so it is done once. */
    private static final class Packages {
        private static final Map<String, ModuleReference> MODULES = modules();

        private static Map<String, ModuleReference> modules() {
            Map<String, ModuleReference> modules = new HashMap<>();
            for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
                module.descriptor().packages().forEach(name -> modules.put(name.replace('.', '/'), module));
            }
            return Map.copyOf(modules);
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        ModuleFinder.ofSystem().findAll().stream()
                .sorted(java.util.Comparator.comparing(
                        module -> module.descriptor().name()))
                .forEach(module -> addNames(module, names));
        return names;
    }

    private static void addNames(ModuleReference module, List<String> names) {
        try (ModuleReader reader = module.open();
                Stream<String> resources = reader.list()) {
            resources.map(ClassNames::ofResource).flatMap(Optional::stream).forEach(names::add);
        } catch (IOException e) {
            throw unreadable(module, e);
        }
    }

    @Override
    public List<String> packageOf(String internalName) {
        String packageName = ClassNames.packageOf(internalName);
        ModuleReference module = Packages.MODULES.get(packageName);
        List<String> names = new ArrayList<>();
        if (module != null) {
            addNames(module, names);
        }
        return names.stream()
                .filter(name -> ClassNames.packageOf(name).equals(packageName))
                .toList();
    }

    @Override
    public Optional<Content> find(String internalName) {
        ModuleReference module = Packages.MODULES.get(ClassNames.packageOf(internalName));
        if (module == null) {
            return Optional.empty();
        }
        try (ModuleReader reader = module.open()) {
            Optional<ByteBuffer> resource = reader.read(internalName + ".class");
            if (resource.isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes = new byte[resource.get().remaining()];
            resource.get().get(bytes);
            reader.release(resource.get());
            return Optional.of(new Content(module.descriptor().name() + "/" + internalName + ".class", bytes));
        } catch (IOException e) {
            throw unreadable(module, e);
        }
    }

    private static InputException unreadable(ModuleReference module, IOException e) {
        return new InputException(
                "the running JDK", module.descriptor().name(), "cannot read this module: " + ReadErrors.of(e));
    }

    @Override
    public boolean trusted() {
        return true;
    }

    @Override
    public ClassLoader loader() {
        return ClassLoader.getSystemClassLoader();
    }
}
