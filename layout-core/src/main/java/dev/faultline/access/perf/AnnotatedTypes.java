package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the types that {@code perf annotate --data-type} prints with the samples of each member. */
final class AnnotatedTypes {

    private static final Pattern TYPE =
            Pattern.compile("Annotate type: '(.{1,1000}?)'(?: in (.*?))? ?(?:\\(([0-9]{1,15}) samples?\\):?)?");
    private static final Pattern EVENT = Pattern.compile("event\\[[0-9]+] = (.+)");
    private static final String HUNDREDTHS = "0.01 % of the samples of a type";

    private final AccessCollector collector;
    private String type = "";
    private long samples;
    private List<String> events = new ArrayList<>();
    private boolean arePercents;
    private boolean anyPercents;
    private boolean anySamples;
    private final List<Member> members = new ArrayList<>();

    /** A member without members of its own. */
    private record Member(String type, long offset, long size, String name, List<Long> counts, SeenEvents events) {}

    AnnotatedTypes(AccessCollector collector) {
        this.collector = collector;
    }

    /** {@return whether the lines have such a type; adds what is sampled of it} */
    boolean read(List<String> lines) {
        boolean isBody = false;
        for (String line : lines) {
            String stripped = line.strip();
            Matcher title = TYPE.matcher(stripped);
            if (title.matches()) {
                type = title.group(1);
                samples = title.group(3) == null ? 0 : Long.parseLong(title.group(3));
                collector.program(title.group(2) == null ? "" : title.group(2), samples);
                events = new ArrayList<>();
                isBody = true;
                continue;
            }
            Matcher event = EVENT.matcher(stripped);
            if (event.matches()) {
                events.add(event.group(1));
            } else if (isBody && stripped.matches("(?i)#? ?(samples|percent) +offset +size +field")) {
                arePercents = stripped.toLowerCase(java.util.Locale.ROOT).contains("percent");
            } else if (isBody) {
                isBody = !stripped.startsWith("#") && !stripped.startsWith("---");
                member(line);
            }
        }
        add();
        return !members.isEmpty();
    }

    /** Numbers, of which the last two are offset and size, then the declaration of a member. */
    private void member(String line) {
        List<String> words = ProfilerLines.words(line);
        int numbers = 0;
        while (numbers < words.size() && isNumber(words.get(numbers))) {
            numbers++;
        }
        if (numbers < 3 || numbers == words.size()) {
            return;
        }
        long offset = number(words.get(numbers - 2));
        long size = number(words.get(numbers - 1));
        String declaration = String.join(" ", words.subList(numbers, words.size()));
        if (!declaration.endsWith(";") || offset < 0 || size < 0) {
            return; // a struct or union, whose samples are those of its members
        }
        List<Long> counts = new ArrayList<>();
        for (String word : words.subList(0, numbers - 2)) {
            counts.add(count(word));
        }
        SeenEvents kinds = events.isEmpty() ? SeenEvents.ofColumns(counts.size()) : SeenEvents.of(named());
        if (events.isEmpty()) {
            collector.note(
                    counts.size() == 1
                            ? "the event has no name here, so whether it loads or stores is not known"
                            : "the events have no names; taken as perf mem record has them: loads, then stores");
        }
        anyPercents |= arePercents && samples == 0;
        anySamples |= !arePercents || samples > 0;
        members.add(new Member(type, offset, size, name(declaration), counts, kinds));
    }

    private String named() {
        return String.join(", ", events);
    }

    private static boolean isNumber(String word) {
        return word.matches("[0-9]{1,15}([.,][0-9]{1,4})?%?") || word.matches("0x[0-9a-f]{1,12}");
    }

    private static long number(String word) {
        return word.startsWith("0x") ? ProfilerLines.address(word) : ProfilerLines.whole(word);
    }

    private long count(String word) {
        if (!arePercents) {
            return Math.max(0, ProfilerLines.whole(word));
        }
        long hundredths = Math.max(0, ProfilerLines.hundredths(word.endsWith("%") ? word : word + "%"));
        return samples > 0 ? Math.round(hundredths / 10_000.0 * samples) : hundredths;
    }

    /** {@return the last name of a declaration: {@code mapping} of {@code struct address_space* mapping;}} */
    private static String name(String declaration) {
        String plain = declaration.substring(0, declaration.length() - 1).strip();
        plain = plain.replaceAll("(\\[[^\\[\\]]*])+$", "").strip();
        int space = Math.max(plain.lastIndexOf(' '), plain.lastIndexOf('*'));
        String name = plain.substring(space + 1);
        return name.matches("[A-Za-z_]\\w*") ? name : "";
    }

    /** Of members with the same bytes only the first is counted. */
    private void add() {
        if (anyPercents && !anySamples) {
            collector.unit(HUNDREDTHS);
        }
        TreeMap<String, Set<Long>> taken = new TreeMap<>();
        for (Member member : members) {
            Set<Long> offsets = taken.computeIfAbsent(member.type(), any -> new HashSet<>());
            boolean isFirst = true;
            for (long at = member.offset(); at < member.offset() + Math.min(member.size(), 64); at++) {
                isFirst &= offsets.add(at);
            }
            for (int i = 0; isFirst && i < member.counts().size(); i++) {
                Optional<SeenKind> kind = member.events().kind(i);
                if (kind.isPresent() && member.counts().get(i) > 0) {
                    collector.add(new SeenAccess(
                            "any thread",
                            "",
                            -1,
                            0,
                            "",
                            SeenAccess.Target.ofPlace(member.type(), "", member.offset()),
                            kind.get(),
                            member.counts().get(i),
                            0,
                            false));
                }
            }
        }
    }
}
