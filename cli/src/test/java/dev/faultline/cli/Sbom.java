package dev.faultline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The SBOM of a distribution, and whether it is that of the jars and of the list of licences beside it. */
final class Sbom {

    static final String FILE = "sbom.cdx.json";

    /** As poms call the licence for which SPDX has an expression and no identifier. */
    private static final Map<String, String> EXPRESSIONS = Map.of(
            "GNU General Public License (GPL), version 2, with the Classpath exception",
            "GPL-2.0-only WITH Classpath-exception-2.0");

    private record Component(String group, String name, String version, String purl, String licence, String sha256) {

        boolean isOurs() {
            return group.equals("dev.faultline");
        }

        boolean isIn(String jar) {
            return jar.endsWith("/" + name + "-" + version + ".jar")
                    || isOurs() && jar.endsWith("/" + name + ".jar"); // the agent's, which people name
        }
    }

    private final Path dist;
    private final Map<?, ?> json;
    private final Component subject;
    private final List<Component> components = new ArrayList<>();

    private Sbom(Path dist, Map<?, ?> json) {
        this.dist = dist;
        this.json = json;
        this.subject = component((Map<?, ?>) metadata().get("component"));
        for (Object one : (List<?>) json.get("components")) {
            components.add(component((Map<?, ?>) one));
        }
    }

    /** Reads the SBOM of the distribution in a directory. */
    static Sbom of(Path dist) throws IOException {
        return new Sbom(dist, (Map<?, ?>) new Load(LoadSettings.builder().build()) // JSON is YAML
                .loadFromString(Files.readString(dist.resolve(FILE))));
    }

    private Map<?, ?> metadata() {
        return (Map<?, ?>) json.get("metadata");
    }

    private static Component component(Map<?, ?> map) {
        return new Component(
                map.get("group").toString(),
                map.get("name").toString(),
                map.get("version").toString(),
                map.get("purl").toString(),
                licence(map),
                sha256(map));
    }

    private static String licence(Map<?, ?> component) {
        List<String> licences = new ArrayList<>();
        for (Object one : (List<?>) component.get("licenses")) {
            Map<?, ?> licence = (Map<?, ?>) ((Map<?, ?>) one).get("license");
            licences.add(
                    licence.get("id") != null
                            ? licence.get("id").toString()
                            : EXPRESSIONS.getOrDefault(licence.get("name"), licence.get("name") + " (not of SPDX)"));
        }
        return String.join(" OR ", licences);
    }

    private static String sha256(Map<?, ?> component) {
        if (component.get("hashes") instanceof List<?> hashes) {
            for (Object one : hashes) {
                if (((Map<?, ?>) one).get("alg").equals("SHA-256")) {
                    return ((Map<?, ?>) one).get("content").toString();
                }
            }
        }
        return "";
    }

    /** What does not fit together, a line each. */
    List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        if (json.containsKey("serialNumber") || metadata().containsKey("timestamp")) {
            problems.add("differs from build to build: has a serial number or a time stamp");
        }
        String program = ThirdParties.programArtifact(dist);
        if (!subject.purl().equals("pkg:maven/" + program + "?type=jar")
                || !subject.licence().equals("Apache-2.0")) {
            problems.add("is about " + subject.purl() + " under " + subject.licence() + ", but " + ThirdParties.PROGRAM
                    + " is " + program);
        }
        for (String jar : ThirdParties.shipped(dist)) {
            if (!jar.equals(ThirdParties.PROGRAM)) {
                compare(jar, problems);
            }
        }
        List<ThirdParties.Entry> entries = ThirdParties.of(dist).entries();
        for (ThirdParties.Entry entry : entries) {
            if (components.stream().noneMatch(one -> one.purl().equals(entry.purl()))) {
                problems.add("lacks " + entry.purl());
            }
        }
        for (Component component : components) {
            compare(component, entries, problems);
        }
        return problems;
    }

    private void compare(String jar, List<String> problems) throws IOException {
        List<Component> those = components.stream().filter(one -> one.isIn(jar)).toList();
        if (those.size() != 1) {
            problems.add("has " + those.size() + " components for " + jar);
        } else if (!those.get(0).sha256().equals(sha256(dist.resolve(jar)))) {
            problems.add("has another SHA-256 for " + jar);
        }
    }

    private static void compare(Component component, List<ThirdParties.Entry> entries, List<String> problems) {
        String expected = component.isOurs()
                ? "Apache-2.0"
                : entries.stream()
                        .filter(entry -> entry.purl().equals(component.purl()))
                        .map(ThirdParties.Entry::licence)
                        .findFirst()
                        .orElse("nothing, for it is not listed");
        if (!component.licence().equals(expected)) {
            problems.add("says " + component.licence() + " of " + component.purl() + "; expected " + expected);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
