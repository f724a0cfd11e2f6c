package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.object.DeclaredLevel;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.ObjectMember;
import dev.faultline.access.object.Separation;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds classes and fields that an annotation should keep apart from others, and that this VM does not keep apart. */
@Hazard(summary = "@Contended that this VM ignores", severity = Severity.WARNING)
public final class InertContended implements HazardRule {

    private static final int MOST_NAMED = 3;

    @Override
    public List<Finding> examine(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        for (DeclaredLevel level :
                context.declaration().map(ObjectDeclaration::levels).orElse(List.of())) {
            onClass(context, level).ifPresent(findings::add);
            onFields(context, level).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> onClass(RuleContext context, DeclaredLevel level) {
        Separation separation = level.separation().orElse(null);
        if (separation == null || separation.isHonoured() || level.members().isEmpty()) {
            return Optional.empty();
        }
        long bytes = context.layout().byteSize();
        long asked = bytes + 2L * context.declaration().orElseThrow().vm().contendedBytes();
        List<String> paths = paths(level.members());
        return Optional.of(finding(
                context,
                separation,
                paths,
                "@" + separation.simpleName() + " on class " + level.simpleName() + reason(context, separation)
                        + ": its objects take " + bytes + " bytes instead of about " + asked + ", and "
                        + named(paths) + (paths.size() == 1 ? " shares lines" : " share lines")
                        + " with the objects beside them"));
    }

    private Optional<Finding> onFields(RuleContext context, DeclaredLevel level) {
        List<ObjectMember> ignored = level.members().stream()
                .filter(member -> member.separation().isPresent()
                        && !member.separation().get().isHonoured())
                .toList();
        if (ignored.isEmpty()) {
            return Optional.empty();
        }
        Separation separation = ignored.get(0).separation().orElseThrow();
        List<String> paths = paths(ignored);
        String places = paths.stream()
                .limit(MOST_NAMED)
                .map(path -> path + " at byte "
                        + context.layout()
                                .resolve(path)
                                .map(FieldRef::bytes)
                                .orElseThrow()
                                .start())
                .collect(Collectors.joining(", "));
        return Optional.of(finding(
                context,
                separation,
                paths,
                "@" + separation.simpleName() + " on " + named(paths) + reason(context, separation) + ": " + places
                        + " can share a " + context.lineBytes() + "-byte line with "
                        + (paths.size() == 1
                                ? "the fields and objects beside it"
                                : "each other and what is beside them")));
    }

    private static String reason(RuleContext context, Separation separation) {
        return " has no effect on JDK "
                + context.declaration().orElseThrow().vm().mode() + ", which needs " + separation.needs()
                + " to honour " + separation.annotation() + " here";
    }

    private Finding finding(RuleContext context, Separation separation, List<String> paths, String message) {
        boolean byOption = separation.needs().startsWith("-");
        return context.finding(this)
                .certainty(Certainty.DECLARED_BY_TYPE)
                .fields(paths)
                .message(message)
                .advice("declare " + context.lineBytes() + " bytes of padding in a superclass and in a subclass of the"
                        + " class that declares " + paths.get(0)
                        + (byOption ? ", or run the VM with " + separation.needs() : ""))
                .build();
    }

    private static List<String> paths(List<ObjectMember> members) {
        return members.stream().map(ObjectMember::path).toList();
    }

    private static String named(List<String> paths) {
        if (paths.size() > MOST_NAMED) {
            return paths.get(0) + " and " + (paths.size() - 1) + " more fields";
        }
        return paths.size() == 1
                ? paths.get(0)
                : String.join(", ", paths.subList(0, paths.size() - 1)) + " and " + paths.get(paths.size() - 1);
    }
}
