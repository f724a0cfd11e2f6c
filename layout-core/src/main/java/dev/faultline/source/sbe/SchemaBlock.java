package dev.faultline.source.sbe;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.SchemaForm;
import dev.faultline.source.FieldLocations;
import dev.faultline.source.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fields at fixed offsets, with where they are declared: a composite, the root of a message, or an entry of a group.
 *
 * @param layout the layout
 * @param declaration the element that declares it
 * @param fields the elements that declare its fields, by name
 * @param composites the composites among its fields, by name
 */
record SchemaBlock(
        StructLayout layout,
        SchemaElement declaration,
        Map<String, SchemaElement> fields,
        Map<String, SchemaBlock> composites)
        implements FieldLocations {

    private static final List<String> FIRST = List.of("name", "id", "type", "primitiveType");

    /** {@return how it is declared, to declare it otherwise} */
    SchemaForm form() {
        List<SchemaForm.Element> placed = new ArrayList<>();
        List<SchemaForm.Element> others = new ArrayList<>();
        for (SchemaElement child : declaration.children()) {
            boolean isField =
                    layout.members().stream().anyMatch(member -> member.name().equals(child.value("name", "")));
            (isField ? placed : others).add(element(child));
        }
        return new SchemaForm(element(declaration), placed, others);
    }

    private static SchemaForm.Element element(SchemaElement element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        FIRST.forEach(name -> {
            if (element.attributes().containsKey(name)) {
                attributes.put(name, element.attributes().get(name));
            }
        });
        new TreeMap<>(element.attributes()).forEach(attributes::putIfAbsent);
        return new SchemaForm.Element(element.tag(), attributes);
    }

    @Override
    public Optional<SourceLocation> of(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.ofNullable(fields.get(path)).map(SchemaElement::location);
        }
        SchemaBlock inner = composites.get(path.substring(0, dot));
        return inner == null ? Optional.empty() : inner.of(path.substring(dot + 1));
    }
}
