package dev.faultline.source.sbe;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.FieldLocations;
import dev.faultline.source.SourceLocation;
import java.util.Map;
import java.util.Optional;

/**
 * Fields at fixed offsets, with where they are declared: a composite, the root of a message, or an entry of a group.
 *
 * @param layout the layout
 * @param declaration the element that declares it
 * @param fields the elements that declare its fields, by name
 * @param composites the composites among its fields, by name
 */
record Block(
        StructLayout layout,
        SchemaElement declaration,
        Map<String, SchemaElement> fields,
        Map<String, Block> composites)
        implements FieldLocations {

    @Override
    public Optional<SourceLocation> of(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.ofNullable(fields.get(path)).map(SchemaElement::location);
        }
        Block inner = composites.get(path.substring(0, dot));
        return inner == null ? Optional.empty() : inner.of(path.substring(dot + 1));
    }
}
