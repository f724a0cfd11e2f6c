package dev.faultline.input.name;

import dev.faultline.input.name.TypeTerm.Name;
import dev.faultline.input.name.TypeTerm.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of the C++ library that stand for a template with arguments, which debug information has in their place. */
final class StandardAlias {

    private static final Map<String, String> CHARACTERS =
            Map.of("", "char", "w", "wchar_t", "u8", "char8_t", "u16", "char16_t", "u32", "char32_t");

    private StandardAlias() {}

    /** {@return the template that a name stands for, {@code std::basic_string<char>} for {@code std::string}; or it} */
    static Name resolve(Name name) {
        List<Segment> segments = name.segments();
        Segment last = segments.get(segments.size() - 1);
        if (segments.size() != 2
                || !segments.get(0).base().equals("std")
                || last.arguments().isPresent()) {
            return name;
        }
        for (String suffix : List.of("string", "string_view")) {
            String character = last.base().endsWith(suffix)
                    ? CHARACTERS.get(last.base().substring(0, last.base().length() - suffix.length()))
                    : null;
            if (character != null) {
                TypeTerm argument = new TypeTerm(List.of(new Name(List.of(new Segment(character, Optional.empty())))));
                return new Name(
                        List.of(segments.get(0), new Segment("basic_" + suffix, Optional.of(List.of(argument)))));
            }
        }
        return name;
    }
}
