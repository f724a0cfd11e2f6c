import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks OSV (https://osv.dev) which components of an SBOM have known vulnerabilities. OSV needs neither an account nor a
 * copy of a database, and takes the package URLs of the SBOM as they are.
 *
 * <pre>
 * java -cp 'cli/target/dist/lib/*' .ci/DependencyCheck.java [OPTION...] SBOM
 *   --accepted FILE   vulnerabilities that are known and accepted: a line each with id, last day and reason
 *   --service URL     where to ask; OSV by default
 *   --seconds N       how long to wait for an answer; 30 by default
 * </pre>
 *
 * Exit status: 0 when nothing is found or the service cannot be reached, which is said; 1 when a vulnerability is found
 * that is not accepted, or no longer; 2 for wrong usage; 3 when a file or an answer cannot be read.
 */
public final class DependencyCheck {

    private static final String USAGE = "usage: java -cp 'cli/target/dist/lib/*' .ci/DependencyCheck.java"
            + " [--accepted FILE] [--service URL] [--seconds N] SBOM";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int QUERIES = 1000; // a request, says OSV
    private static final int ROUNDS = 20;
    private static final int ANSWER_BYTES = 16 << 20;

    /** The command line. */
    private record Options(Path sbom, Path accepted, URI service, int seconds) {}

    /** What is wrong with the command line. */
    private static final class WrongUsage extends Exception {
        private static final long serialVersionUID = 1;

        WrongUsage(String problem) {
            super(problem);
        }
    }

    /** There is no answer, or none of the service: no network, or something in between. */
    private static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        Unreachable(String why) {
            super(why);
        }
    }

    /** A file or an answer is not what it should be. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String why) {
            super(why);
        }
    }

    /** A vulnerability that need not be repaired until a day, and why. */
    private record Acceptance(String id, LocalDate until, String reason) {}

    /** A component that is asked about, from which page of the answer on. */
    private record Query(String purl, String page) {}

    /** A vulnerability of a component. */
    private record Finding(String purl, String id, Set<String> names, String summary, Set<String> fixed) {}

    private final Options options;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final JsonFactory json = new JsonFactory();

    private DependencyCheck(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out)); // does not wait for an answer that was given up
    }

    /** Checks, says on {@code out} what was found, and returns the exit status. */
    public static int run(String[] args, PrintStream out) {
        try {
            Options options = options(args);
            try {
                return new DependencyCheck(options, out).check();
            } catch (Unreachable absent) {
                out.println("dependency check skipped: " + options.service() + " " + plain(absent.getMessage()));
                return 0;
            }
        } catch (WrongUsage wrong) {
            out.println("dependency check: " + wrong.getMessage() + System.lineSeparator() + USAGE);
            return 2;
        } catch (Unreadable broken) {
            out.println("dependency check: " + plain(broken.getMessage()));
            return 3;
        }
    }

    private static Options options(String[] args) throws WrongUsage {
        Path sbom = null;
        Path accepted = null;
        URI service = URI.create("https://api.osv.dev");
        int seconds = 30;
        Deque<String> words = new ArrayDeque<>(List.of(args));
        while (!words.isEmpty()) {
            String word = words.pop();
            boolean isOption = word.startsWith("--");
            if (isOption ? words.isEmpty() : sbom != null) {
                throw new WrongUsage((isOption ? "nothing after " : "more than one SBOM: ") + word);
            }
            try {
                switch (word) {
                    case "--accepted" -> accepted = Path.of(words.pop());
                    case "--service" -> service = URI.create(words.pop());
                    case "--seconds" -> seconds = Integer.parseInt(words.pop());
                    default -> {
                        if (isOption) {
                            throw new WrongUsage("unknown option " + word);
                        }
                        sbom = Path.of(word);
                    }
                }
            } catch (IllegalArgumentException wrong) {
                throw new WrongUsage(word + ": " + wrong.getMessage());
            }
        }
        if (sbom == null) {
            throw new WrongUsage("no SBOM given");
        }
        if (!List.of("http", "https").contains(String.valueOf(service.getScheme())) || service.getHost() == null) {
            throw new WrongUsage("--service: expected a URL of http or https, found " + service);
        }
        if (seconds < 1 || seconds > 600) {
            throw new WrongUsage("--seconds: expected 1 to 600, found " + seconds);
        }
        return new Options(sbom, accepted, service, seconds);
    }

    private int check() throws Unreachable, Unreadable {
        Set<String> purls = components();
        Map<String, Acceptance> accepted = acceptances();
        List<Finding> findings = new ArrayList<>();
        boolean details = true;
        for (Map.Entry<String, Set<String>> found : ask(purls).entrySet()) {
            for (String id : found.getValue()) {
                Map<?, ?> vulnerability = Map.of();
                try {
                    vulnerability = details ? object(send("/v1/vulns/" + id, null), "vulnerability " + id) : Map.of();
                } catch (Unreachable gone) { // it is one without its details too
                    details = false;
                }
                if (vulnerability.get("withdrawn") == null) {
                    findings.add(finding(found.getKey(), id, vulnerability));
                }
            }
        }
        return tell(purls.size(), findings, accepted);
    }

    private int tell(int components, List<Finding> findings, Map<String, Acceptance> accepted) {
        Set<String> unused = new LinkedHashSet<>(accepted.keySet());
        int open = 0;
        for (Finding finding : findings) {
            Acceptance acceptance = null;
            for (String name : finding.names()) {
                acceptance = accepted.getOrDefault(name, acceptance);
            }
            unused.removeAll(finding.names());
            String judgement = "";
            if (acceptance == null) {
                open++;
            } else if (acceptance.until().isBefore(LocalDate.now())) {
                judgement = " (accepted until " + acceptance.until() + ", which is over: " + acceptance.reason() + ")";
                open++;
            } else {
                judgement = " (accepted until " + acceptance.until() + ": " + acceptance.reason() + ")";
            }
            out.println(plain(line(finding) + judgement));
        }
        for (String id : unused) {
            out.println(options.accepted() + ": " + id + " is not found any more; remove it");
        }
        out.println("dependency check: " + components + " components, " + (open == 0 ? "no" : open)
                + (open == 1 ? " vulnerability" : " vulnerabilities") + " to repair");
        return open == 0 ? 0 : 1;
    }

    private static String line(Finding finding) {
        StringBuilder line = new StringBuilder(finding.purl()).append(": ").append(String.join(", ", finding.names()));
        if (!finding.summary().isEmpty()) {
            line.append(": ").append(finding.summary());
        }
        if (!finding.fixed().isEmpty()) {
            line.append("; fixed in ").append(String.join(", ", finding.fixed()));
        }
        return line.toString();
    }

    /** What comes from elsewhere, without what could move a cursor. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
    }

    private Set<String> components() throws Unreadable {
        Map<?, ?> sbom = object(read(options.sbom()), options.sbom().toString());
        Set<String> purls = new LinkedHashSet<>();
        for (Object component : list(sbom.get("components"), options.sbom() + ": components")) {
            Object purl = object(component, options.sbom() + ": component").get("purl");
            if (!(purl instanceof String word) || !word.startsWith("pkg:")) {
                throw new Unreadable(options.sbom() + ": component without a package URL: " + component);
            }
            purls.add(word.replaceFirst("[?#].*", ""));
        }
        if (purls.isEmpty()) {
            throw new Unreadable(options.sbom() + ": no components");
        }
        return purls;
    }

    private Map<String, Acceptance> acceptances() throws Unreadable {
        Map<String, Acceptance> acceptances = new LinkedHashMap<>();
        if (options.accepted() == null) {
            return acceptances;
        }
        int number = 0;
        for (String line : new String(read(options.accepted()), UTF_8).split("\n")) {
            number++;
            String[] words = line.strip().split("\\s+", 3);
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            try {
                if (words.length < 3) {
                    throw new DateTimeParseException("too short", line, 0);
                }
                acceptances.put(words[0], new Acceptance(words[0], LocalDate.parse(words[1]), words[2]));
            } catch (DateTimeParseException wrong) {
                throw new Unreadable(options.accepted() + ":" + number
                        + ": expected an id, a day like 2027-01-31 and a reason, found \"" + line.strip() + "\"");
            }
        }
        return acceptances;
    }

    private static byte[] read(Path file) throws Unreadable {
        try {
            return Files.readAllBytes(file);
        } catch (IOException absent) {
            throw new Unreadable(file + " cannot be read (" + absent.getClass().getSimpleName() + ")");
        }
    }

    /** The vulnerabilities of each component that has any. */
    private Map<String, Set<String>> ask(Set<String> purls) throws Unreachable, Unreadable {
        Map<String, Set<String>> found = new TreeMap<>();
        Deque<Query> waiting = new ArrayDeque<>();
        purls.forEach(purl -> waiting.add(new Query(purl, null)));
        for (int round = 0; !waiting.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw new Unreadable(options.service() + ": an answer of more than " + ROUNDS + " pages");
            }
            List<Query> asked = new ArrayList<>();
            while (asked.size() < QUERIES && !waiting.isEmpty()) {
                asked.add(waiting.pop());
            }
            Map<?, ?> answer = object(send("/v1/querybatch", body(asked)), "answer");
            List<?> results = list(answer.get("results"), "results");
            if (results.size() != asked.size()) {
                throw unreadable(asked.size() + " results", results.size() + " of them");
            }
            for (int i = 0; i < asked.size(); i++) {
                String purl = asked.get(i).purl();
                Map<?, ?> result = object(results.get(i), "result");
                if (result.get("vulns") != null) {
                    for (Object one : list(result.get("vulns"), "vulns")) {
                        found.computeIfAbsent(purl, none -> new LinkedHashSet<>())
                                .add(id(one));
                    }
                }
                if (result.get("next_page_token") instanceof String page && !page.isEmpty()) {
                    waiting.add(new Query(purl, page));
                }
            }
        }
        return found;
    }

    private String id(Object vulnerability) throws Unreadable {
        Object id = object(vulnerability, "vulnerability").get("id");
        if (id instanceof String word && word.matches("[A-Za-z0-9._-]{1,100}")) {
            return word;
        }
        throw unreadable("an id", id);
    }

    private Finding finding(String purl, String id, Map<?, ?> vulnerability) throws Unreadable {
        Set<String> names = new LinkedHashSet<>(List.of(id));
        if (vulnerability.get("aliases") instanceof List<?> aliases) {
            aliases.forEach(alias -> names.add(String.valueOf(alias)));
        }
        Set<String> fixed = new LinkedHashSet<>();
        String name =
                purl.replaceFirst("^pkg:maven/", "").replaceFirst("@.*", "").replace('/', ':');
        if (vulnerability.get("affected") instanceof List<?> affected) {
            for (Object one : affected) {
                if (object(one, "affected").get("package") instanceof Map<?, ?> those
                        && name.equals(those.get("name"))) {
                    fixedVersions(one, fixed);
                }
            }
        }
        Object summary = vulnerability.get("summary");
        return new Finding(purl, id, names, summary instanceof String words ? words : "", fixed);
    }

    /** Takes every "fixed" out of ranges of events. */
    private static void fixedVersions(Object tree, Set<String> fixed) {
        if (tree instanceof Map<?, ?> map) {
            if (map.get("fixed") instanceof String version) {
                fixed.add(version);
            }
            map.values().forEach(one -> fixedVersions(one, fixed));
        } else if (tree instanceof List<?> list) {
            list.forEach(one -> fixedVersions(one, fixed));
        }
    }

    private byte[] body(List<Query> queries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator to = json.createGenerator(bytes)) {
            to.writeStartObject();
            to.writeArrayFieldStart("queries");
            for (Query query : queries) {
                to.writeStartObject();
                to.writeObjectFieldStart("package");
                to.writeStringField("purl", query.purl());
                to.writeEndObject();
                if (query.page() != null) {
                    to.writeStringField("page_token", query.page());
                }
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private record Answer(int status, String type, byte[] bytes) {}

    /** Posts a body, or gets when there is none; returns the bytes of JSON that the service answers. */
    private byte[] send(String path, byte[] body) throws Unreachable, Unreadable {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.service() + path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        Answer answer = answer(request.build());
        boolean isJson = answer.type().startsWith("application/json");
        int status = answer.status();
        if (status == 200 && isJson) {
            return answer.bytes();
        }
        if (isJson && status >= 400 && status < 500 && status != 403 && status != 407 && status != 429) {
            throw unreadable("status 200", "status " + status);
        }
        throw new Unreachable(
                "cannot be asked now (the answer has status " + status + " and type \"" + answer.type() + "\")");
    }

    private Answer answer(HttpRequest request) throws Unreachable, Unreadable {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream in = response.body()) {
                    String type = response.headers().firstValue("Content-Type").orElse("");
                    return new Answer(response.statusCode(), type, in.readNBytes(ANSWER_BYTES + 1));
                }
            } catch (IOException | InterruptedException failed) {
                throw new CompletionException(failed);
            }
        });
        try {
            Answer whole = answer.get(options.seconds(), TimeUnit.SECONDS);
            if (whole.bytes().length > ANSWER_BYTES) {
                throw unreadable("at most " + ANSWER_BYTES + " bytes", "more");
            }
            return whole;
        } catch (TimeoutException slow) {
            throw new Unreachable("did not answer within " + options.seconds() + " seconds");
        } catch (ExecutionException failed) {
            throw new Unreachable("cannot be reached (" + failed.getCause() + ")");
        } catch (InterruptedException stopped) {
            throw new Unreachable("was not waited for");
        }
    }

    private Unreadable unreadable(String expected, Object found) {
        return new Unreadable(
                options.service() + " answers what cannot be read: expected " + expected + ", found " + found);
    }

    private Map<?, ?> object(Object tree, String what) throws Unreadable {
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw new Unreadable(what + " cannot be read: expected a JSON object, found " + tree);
    }

    private List<?> list(Object tree, String what) throws Unreadable {
        if (tree instanceof List<?> list) {
            return list;
        }
        throw new Unreadable(what + " cannot be read: expected a JSON array, found " + tree);
    }

    private Map<?, ?> object(byte[] bytes, String what) throws Unreadable {
        try (JsonParser parser = json.createParser(bytes)) {
            parser.nextToken();
            Object tree = tree(parser);
            if (parser.nextToken() != null) {
                throw new Unreadable(what + " cannot be read: more than one JSON value");
            }
            return object(tree, what);
        } catch (IOException broken) {
            throw new Unreadable(what + " cannot be read: no JSON");
        }
    }

    /** The value that begins at the parser's token: a map, a list, null, or the text of all else. */
    private static Object tree(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, tree(parser));
            }
            return map;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(tree(parser));
            }
            return list;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
    }
}
