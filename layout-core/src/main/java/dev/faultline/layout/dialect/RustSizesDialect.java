package dev.faultline.layout.dialect;

import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.paste.PrintedLine;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rustc's {@code -Zprint-type-sizes}. Rustc prints fields in the order of memory, with the padding between them; types
 * of fields and, of closures, the fields themselves it does not print.
 */
final class RustSizesDialect implements TextDialect {

    private static final String MARK = "print-type-size";
    private static final Pattern TYPE =
            Pattern.compile("type: `(.+)`: (\\d{1,12}) bytes, alignment: (\\d{1,12}) bytes?");
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z ]{0,30}`\\.([^`]{1,1000})`: (\\d{1,12}) bytes?"
            + "(?:, offset: (\\d{1,12}) bytes?)?(?:, alignment: (\\d{1,12}) bytes?)?(?:, type: (.+))?");
    private static final Pattern VARIANT = Pattern.compile("variant `([^`]{1,1000})`: (\\d{1,12}) bytes?");
    private static final Pattern PART = Pattern.compile("(discriminant|padding|end padding): (\\d{1,12}) bytes?");

    @Override
    public Optional<TextLayouts> read(String source, String text) {
        if (!text.contains(MARK)) {
            return Optional.empty();
        }
        Reading reading = new Reading(source);
        for (PrintedLine line : PrintedLine.of(text)) {
            int mark = line.text().indexOf(MARK);
            if (mark >= 0) {
                reading.line(line.text().substring(mark + MARK.length()).strip(), line.number());
            }
        }
        return reading.all();
    }

    /** The types of a text, as its lines are read. */
    private static final class Reading {

        private final SizedText text;
        private final Set<String> printed = new HashSet<>();
        private final StringBuilder words = new StringBuilder();
        private RustType open;
        private Optional<SkippedDeclaration> damage = Optional.empty();
        private boolean isFound;

        Reading(String source) {
            this.text = new SizedText(source, "printed by rustc");
        }

        void line(String line, int number) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                end();
                isFound = true;
                open = new RustType(type.group(1), bytes(type, 2), bytes(type, 3), number);
                words.append(line);
            } else if (open != null && damage.isEmpty()) {
                words.append('\n').append(line);
                part(line, number);
            }
        }

        private void part(String line, int number) {
            Matcher field = FIELD.matcher(line);
            Matcher variant = VARIANT.matcher(line);
            Matcher part = PART.matcher(line);
            if (variant.matches()) {
                open.variants.add(
                        new RustType.Variant(variant.group(1), bytes(variant, 2), open.discriminantBytes.orElse(0)));
            } else if (part.matches()) {
                part(part.group(1), bytes(part, 2));
            } else if (field.matches()) {
                OptionalLong offset = field.group(3) == null ? OptionalLong.empty() : OptionalLong.of(bytes(field, 3));
                long alignment = field.group(4) == null ? 1 : bytes(field, 4);
                String spelling = field.group(5) == null ? "" : field.group(5).strip();
                open.open().add(field.group(1), offset, bytes(field, 2), alignment, spelling, number);
            } else {
                damage("expected a field, a variant, a discriminant or padding of `" + open.name + "`", number);
            }
        }

        private void part(String kind, long bytes) {
            switch (kind) {
                case "discriminant" -> open.discriminantBytes = OptionalLong.of(bytes);
                case "padding" -> open.open().pad(bytes);
                default -> open.endPadding = bytes;
            }
        }

        private void damage(String problem, int number) {
            damage = Optional.of(new SkippedDeclaration(open.name, open.line, text.error(number, problem)));
        }

        private void end() {
            RustType type = open;
            if (type != null && damage.isEmpty() && !type.isComplete()) {
                damage(
                        "the fields of `" + type.name + "` do not add up to its " + type.byteSize
                                + " bytes: lines are missing",
                        type.line);
            }
            if (damage.isPresent()) {
                text.skip(damage.get());
            } else if (type != null && printed.add(words.toString())) {
                text.add(type.name, type.line, () -> new RustLayout(text, type).layout());
            }
            open = null;
            damage = Optional.empty();
            words.setLength(0);
        }

        Optional<TextLayouts> all() {
            end();
            List<String> notes = new ArrayList<>();
            notes.add("rustc prints no types of fields; a binary with debug information tells them to pahole");
            return isFound ? Optional.of(text.all(notes)) : Optional.empty();
        }

        private static long bytes(Matcher matcher, int group) {
            return Long.parseLong(matcher.group(group));
        }
    }
}
