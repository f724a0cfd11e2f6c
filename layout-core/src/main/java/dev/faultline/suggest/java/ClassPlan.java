package dev.faultline.suggest.java;

import dev.faultline.source.jvm.ClassOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How to spread the fields of a class over a chain of superclasses.
 *
 * @param outline the class
 * @param sections groups of its fields in the order they come to stand in
 * @param padBytes how many bytes of padding are before, between and behind the sections that stand apart
 */
public record ClassPlan(ClassOutline outline, List<Section> sections, int padBytes) {

    private static final String PAD_NAME = "%s%d_%03d";

    /**
     * Fields that stand together.
     *
     * @param fields names of fields of the class, at least one
     * @param isApart whether padding keeps them from all others, those of other objects included
     * @param users who uses them how, a line each, in words
     */
    public record Section(List<String> fields, boolean isApart, List<String> users) {
        /** Copies the lists. */
        public Section {
            fields = List.copyOf(fields);
            users = List.copyOf(users);
        }
    }

    /** Copies the list; refuses a section that stands apart before one that does not: {@code IllegalArgumentException}. */
    public ClassPlan {
        Objects.requireNonNull(outline);
        sections = List.copyOf(sections);
        for (int i = 1; i < sections.size(); i++) {
            if (!sections.get(i).isApart()) {
                throw new IllegalArgumentException("only the first section may stand beside what is inherited");
            }
        }
    }

    /** {@return the chain of classes, from the one below the present superclass down; the class itself is not in it} */
    public List<ClassOutline.Tier> tiers() {
        List<ClassOutline.Tier> tiers = new ArrayList<>();
        int part = 0;
        int pad = 0;
        for (Section section : sections) {
            if (section.isApart()) {
                tiers.add(padding(pad++));
            }
            tiers.add(new ClassOutline.Tier(outline.simpleName() + "Fields" + part++, section.fields(), List.of()));
        }
        if (sections.stream().anyMatch(Section::isApart)) {
            tiers.add(padding(pad));
        }
        return tiers;
    }

    private ClassOutline.Tier padding(int number) {
        String prefix = "pad";
        while (startsAName(prefix)) {
            prefix += "_";
        }
        List<String> pads = new ArrayList<>();
        for (int i = 0; i < padBytes; i++) {
            pads.add(String.format(java.util.Locale.ROOT, PAD_NAME, prefix, number, i));
        }
        return new ClassOutline.Tier(outline.simpleName() + "Pad" + number, List.of(), pads);
    }

    /** A field called like a padding would get another path. */
    private boolean startsAName(String prefix) {
        return outline.takenNames().stream().anyMatch(name -> name.matches(prefix + "\\d.*"));
    }

    /** {@return whether some section stands apart} */
    public boolean separates() {
        return sections.stream().anyMatch(Section::isApart);
    }
}
