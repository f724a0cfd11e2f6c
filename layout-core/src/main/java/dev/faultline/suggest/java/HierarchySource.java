package dev.faultline.suggest.java;

import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import dev.faultline.source.jvm.ClassOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the Java source of a plan: the chain of classes, and the class at its end without its methods. */
public final class HierarchySource {

    private static final int PADS_A_LINE = 8;

    private final ClassPlan plan;
    private final Map<String, ClassOutline.OwnField> fields;
    private final StringBuilder out = new StringBuilder();

    private HierarchySource(ClassPlan plan) {
        this.plan = plan;
        this.fields = plan.outline().fields().stream()
                .collect(Collectors.toMap(ClassOutline.OwnField::name, Function.identity()));
    }

    /**
     * Writes a plan.
     *
     * @param plan the plan
     * @return a compilation unit; it compiles if the field types are visible in the package and the superclass has a
     *     constructor without arguments
     * @throws InputException when the class, its superclass, a field or a field type has a name that Java source
     *     cannot express
     */
    public static String write(ClassPlan plan) {
        return new HierarchySource(plan).unit();
    }

    private String unit() {
        ClassOutline outline = plan.outline();
        checkNames(outline);
        if (!outline.packageName().isEmpty()) {
            line("package " + outline.packageName() + ";");
            line("");
        }
        line("// The fields of " + outline.simpleName()
                + ", spread over superclasses: HotSpot lays these out first, one after");
        line("// the other, so that the padding stays where it is. Within a class it orders fields itself.");
        line("// Initialisers, final, annotations and type arguments must be carried over.");
        if (!outline.layers().isEmpty()) {
            line("// This replaces " + String.join(", ", outline.layers())
                    + ", whose methods must be carried over too.");
        }
        List<List<String>> apart = plan.sections().stream()
                .filter(ClassPlan.Section::isApart)
                .map(ClassPlan.Section::fields)
                .toList();
        line("// (@jdk.internal.vm.annotation.Contended on the fields does the same in one class of "
                + outline.contendedBytes(apart) + " bytes,");
        line("// in a VM started with -XX:-RestrictContended; others ignore it outside the JDK.)");
        String above = outline.superName().equals("java.lang.Object") ? "" : outline.superName();
        List<ClassPlan.Section> sections = plan.sections();
        int section = 0;
        for (ClassOutline.Tier tier : plan.tiers()) {
            line("");
            if (tier.fields().isEmpty()) {
                padding(tier, above);
            } else {
                fields(tier, sections.get(section++), above);
            }
            above = tier.simpleName();
        }
        line("");
        line("/** Carry over modifiers, constructors and methods, which this text does not have. */");
        line("class " + outline.simpleName() + extending(above) + " {}");
        return out.toString();
    }

    /**
     * Rejects names that are not identifiers: in a class file a field may be called {@code x; static { run(); } int
     * y}.
     */
    private static void checkNames(ClassOutline outline) {
        List<String> names = new ArrayList<>(List.of(outline.name(), outline.superName()));
        for (ClassOutline.OwnField field : outline.fields()) {
            names.add(field.name());
            names.add(field.type().replace("[]", ""));
        }
        for (String name : names) {
            for (String part : name.split("\\.", -1)) {
                if (!isIdentifier(part)) {
                    throw new InputException(
                            outline.name(), "", "cannot be declared in Java: `" + name + "` is not a valid name");
                }
            }
        }
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.codePointAt(0))
                && text.codePoints().allMatch(Character::isJavaIdentifierPart)
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private void padding(ClassOutline.Tier tier, String above) {
        List<String> pads = tier.pads();
        line("/** " + pads.size() + " bytes of padding. */");
        line("abstract class " + tier.simpleName() + extending(above) + " {");
        for (int from = 0; from < pads.size(); from += PADS_A_LINE) {
            line("    byte " + String.join(", ", pads.subList(from, Math.min(pads.size(), from + PADS_A_LINE))) + ";");
        }
        line("}");
    }

    private void fields(ClassOutline.Tier tier, ClassPlan.Section section, String above) {
        line("/**");
        line(" * "
                + (section.isApart() ? "Apart from all other fields." : "Beside the header and the inherited fields."));
        for (String user : section.users()) {
            line(" * " + comment(user));
        }
        line(" */");
        line("abstract class " + tier.simpleName() + extending(above) + " {");
        for (String name : tier.fields()) {
            ClassOutline.OwnField field = fields.get(name);
            line("    " + (field.isVolatile() ? "volatile " : "") + field.type() + " " + name + ";");
        }
        line("}");
    }

    /** {@return text that is safe in a comment: the compiler decodes a backslash before a u even there} */
    private static String comment(String text) {
        return VisibleText.of(text).replace("*/", "* /").replace("\\", "&#92;");
    }

    private static String extending(String above) {
        return above.isEmpty() ? "" : " extends " + above;
    }

    /** Appends a line; invisible characters are escaped, which in source means the same character. */
    private void line(String text) {
        out.append(VisibleText.of(text)).append('\n');
    }
}
