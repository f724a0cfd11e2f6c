package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.file.AccessFile;
import dev.faultline.access.file.AccessFileReader;
import dev.faultline.access.file.AccessRow;
import dev.faultline.input.JsonText;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.llvm.LlvmSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten C and C++ programs that gcc and clang have put hooks into, each with hazards and a padded twin: what is recorded
 * is what was written down before, {@code inspect} finds the hazards, and LLVM IR of the same programs says the same.
 */
@Tag("slow")
@Tag("native")
class NativeRecordTest {

    /** Accesses of the blocks that two std::thread allocate, at most. */
    private static final long OF_STD_THREAD = 20;

    @TempDir
    private static Path directory;

    private final HookedBuild build = new HookedBuild(directory);

    @ParameterizedTest
    @EnumSource
    void what_is_recorded_is_what_was_written_down(HookedSamples sample) throws Exception {
        for (String compiler : sample.isCxx() ? List.of("g++", "clang++") : List.of("gcc", "clang")) {
            for (String level : List.of("-O1", "-O2")) {
                Path program = build.program(build.sample(sample.file()), compiler, level);
                AccessFile file = recorded(program);
                assertThat(roles(file))
                        .as("%s %s", compiler, level)
                        .isEqualTo(sample.expected().keySet());
                sample.expected()
                        .forEach((what, count) -> assertThat(
                                        count == 0 ? 0 : counts(file).get(what))
                                .as("%s %s: %s", compiler, level, what)
                                .isEqualTo(count));
                assertThat(sample.ofMain()).as("%s %s", compiler, level).containsAll(ofMain(file));
                long untyped = file.header().seen() - file.header().attributed();
                assertThat(untyped).isLessThanOrEqualTo(sample == HookedSamples.STATS ? OF_STD_THREAD : 0);
                List<String> findings = findings(program);
                for (String hazard : sample.hazards()) {
                    assertThat(findings)
                            .as("%s %s", compiler, level)
                            .anyMatch(finding -> finding.startsWith(hazard + " "));
                }
                assertThat(findings).as("twins in %s %s", compiler, level).noneMatch(HookedSamples::isOfTwin);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_recorded_is_in_what_llvm_ir_says(HookedSamples sample) throws Exception {
        Path text = directory.resolve(sample.file() + ".ll");
        build.run(List.of(
                sample.isCxx() ? "clang++" : "clang",
                "-O1",
                "-g",
                "-emit-llvm",
                "-S",
                build.sample(sample.file()).toString(),
                "-o",
                text.toString()));
        LlvmSource source = LlvmSource.open(text.toString(), text);
        AccessFile file =
                recorded(build.program(build.sample(sample.file()), sample.isCxx() ? "clang++" : "clang", "-O1"));
        Set<String> said = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Set<String> seenOfThreads = new TreeSet<>();
        for (AccessRow row : file.rows()) {
            if (isOfProgram(row) && source.find(row.key().type()) instanceof Lookup.Found found) {
                String type = row.key().type();
                String what = type + " " + plain(row.key().field()) + " "
                        + row.key().kind().word();
                seen.add(what);
                if (!row.key().role().equals("main")) {
                    seenOfThreads.add(what);
                }
                said.addAll(said(type, found.subjects().get(0)));
            }
        }
        assertThat(said).as("what the code can do").containsAll(seenOfThreads);
        said.removeAll(seen);
        assertThat(said).as("what the code can do and no run did").isEqualTo(sample.onlyInCode());
    }

    private static Set<String> said(String type, Subject subject) {
        Set<String> said = new TreeSet<>();
        for (CodeOperation operation : subject.code().orElseThrow().operations()) {
            for (CodeOperation.Reached one : operation.effects()) {
                said.add(type + " " + plain(one.path()) + " "
                        + one.effect().kind().name().toLowerCase(Locale.ROOT));
            }
        }
        return said;
    }

    /** {@return the findings on what was recorded, each as type, rule and fields} */
    private static List<String> findings(Path program) {
        Cli.Run run =
                Cli.run("inspect", program.toString(), "--profile", program + ".access", "--format", "json", "--all");
        assertThat(run.status()).as(run.err()).isZero();
        List<String> findings = new ArrayList<>();
        Map<?, ?> report = (Map<?, ?>) JsonText.parse("report", run.out(), 1);
        for (Object one : (List<?>) report.get("structs")) {
            Map<?, ?> struct = (Map<?, ?>) one;
            for (Object each : (List<?>) struct.get("findings")) {
                Map<?, ?> finding = (Map<?, ?>) each;
                if ("recorded".equals(finding.get("certainty")) && !"TrueSharing".equals(finding.get("rule"))) {
                    findings.add(struct.get("name") + " " + finding.get("rule") + " " + finding.get("fields"));
                }
            }
        }
        return findings;
    }

    private static String plain(String path) {
        return path.replaceAll("\\[[^]]*]", "");
    }

    private AccessFile recorded(Path program) throws IOException {
        Path access = directory.resolve(program.getFileName() + ".access");
        Cli.Run run = Cli.run("record", "-o", access.toString(), "--", program.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.exists(Path.of(access + ".raw"))).isFalse();
        return AccessFileReader.read(access.toString(), Files.readString(access));
    }

    /** Types of C++'s library are left out, and the blocks that std::thread allocates, which have no type. */
    private static boolean isOfProgram(AccessRow row) {
        return !row.key().type().startsWith("std::") && !row.key().type().startsWith("block ");
    }

    private static Map<String, Long> counts(AccessFile file) {
        Map<String, Long> counts = new TreeMap<>();
        for (AccessRow row : file.rows()) {
            AccessRow.Key key = row.key();
            if (isOfProgram(row) && !key.role().equals("main")) {
                String what = key.role() + " " + key.type() + " " + key.field() + " "
                        + key.kind().word();
                counts.merge(what, row.count(), Long::sum);
            }
        }
        return counts;
    }

    private static Set<String> roles(AccessFile file) {
        return counts(file).keySet();
    }

    private static Set<String> ofMain(AccessFile file) {
        Set<String> all = new TreeSet<>();
        for (AccessRow row : file.rows()) {
            if (isOfProgram(row) && row.key().role().equals("main")) {
                all.add(row.key().type() + " " + row.key().field() + " "
                        + row.key().kind().word());
            }
        }
        return all;
    }
}
