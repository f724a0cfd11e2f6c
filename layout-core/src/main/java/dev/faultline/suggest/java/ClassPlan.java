package dev.faultline.suggest.java;

import dev.faultline.source.jvm.ClassOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A plan that spreads the fields of a class over a chain of superclasses.
 *
 * @param outline the class
 * @param sections groups of its fields, in the order of their offsets
 * @param padBytes bytes of padding before, between and behind the sections that are apart
 */
public record ClassPlan(ClassOutline outline, List<Section> sections, int padBytes) {

    private static final String PAD_NAME = "%s%d_%03d";

    /**
     * Fields of one class of the chain.
     *
     * @param fields names of fields of the class, at least one
     * @param isApart whether padding separates them from all other fields and from other objects
     * @param users the uses of each field, one line of text per field
     */
    public record Section(List<String> fields, boolean isApart, List<String> users) {
        public Section {
            fields = List.copyOf(fields);
            users = List.copyOf(users);
        }
    }

    public ClassPlan {
        Objects.requireNonNull(outline);
        sections = List.copyOf(sections);
        for (int i = 1; i < sections.size(); i++) {
            if (!sections.get(i).isApart()) {
                throw new IllegalArgumentException("only the first section may be beside the inherited fields");
            }
        }
    }

    /**
     * {@return the chain of classes, from the direct subclass of the present superclass down, without the class
     * itself}
     */
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
            pads.add(String.format(Locale.ROOT, PAD_NAME, prefix, number, i));
        }
        return new ClassOutline.Tier(outline.simpleName() + "Pad" + number, List.of(), pads);
    }

    /** {@return whether a field name starts like a padding field, whose path would then change} */
    private boolean startsAName(String prefix) {
        return outline.takenNames().stream().anyMatch(name -> name.matches(prefix + "\\d.*"));
    }

    public boolean separates() {
        return sections.stream().anyMatch(Section::isApart);
    }
}
