package dev.faultline.layout.emit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code #pragma pack} directives of a source. */
final class PackDirectives {

    private static final Pattern PACK = Pattern.compile("^\\s*#\\s*pragma\\s+pack\\s*\\(([^)]*)\\)");

    private PackDirectives() {}

    /**
     * {@return the directive that packs what is declared at a place; empty when none does}
     *
     * @param source the source
     * @param place index of a character
     */
    static Optional<SourceText.Span> at(SourceText source, int place) {
        Deque<Optional<SourceText.Span>> pushed = new ArrayDeque<>();
        Optional<SourceText.Span> now = Optional.empty();
        for (SourceText.Span directive : source.directives) {
            Matcher pack = PACK.matcher(source.text.substring(directive.start(), directive.end()));
            if (directive.start() >= place || !pack.find()) {
                continue;
            }
            String arguments = pack.group(1).strip();
            if (arguments.startsWith("pop")) {
                now = pushed.isEmpty() ? Optional.empty() : pushed.pop();
                continue;
            }
            if (arguments.startsWith("push")) {
                pushed.push(now);
            }
            boolean hasSize = arguments.chars().anyMatch(Character::isDigit);
            now = hasSize ? Optional.of(directive) : arguments.isEmpty() ? Optional.empty() : now;
        }
        return now;
    }
}
