package dev.faultline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependency check of {@code .ci}, asked with a service of this test's own. */
@Tag("slow")
class DependencyCheckTest {

    private static final Path PROGRAM = Path.of(".ci/DependencyCheck.java");
    private static final String JSON = "application/json";
    private static final String CLEAN = "{\"results\":[{},{}]}";
    private static final String ONE = "{\"results\":[{},{\"vulns\":[{\"id\":\"GHSA-1\",\"modified\":\"2026\"}]}]}";
    private static final String DETAILS = """
            {"id": "GHSA-1", "aliases": ["CVE-2026-1"], "summary": "reads too far", "affected": [
              {"package": {"ecosystem": "Maven", "name": "org.example:rope"},
               "ranges": [{"events": [{"introduced": "0"}, {"fixed": "2.1"}, {"fixed": "3.0.1"}]}]},
              {"package": {"ecosystem": "Maven", "name": "org.example:other"},
               "ranges": [{"events": [{"introduced": "0"}, {"fixed": "9"}]}]}]}
            """;

    private static URLClassLoader loader;
    private static Method check;

    @TempDir
    Path directory;

    private Path sbom;
    private HttpServer server;
    private ExecutorService threads;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> vulnerabilities = new ConcurrentHashMap<>();

    record Answer(int status, String type, String body) {}

    interface Service {
        Answer answer(HttpExchange exchange) throws Exception;
    }

    record Run(int status, String out) {}

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", jackson().toString(), "-Xlint:all", "-Werror");
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(PROGRAM))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, DependencyCheckTest.class.getClassLoader());
        check = loader.loadClass("DependencyCheck").getMethod("run", String[].class, PrintStream.class);
    }

    private static Path jackson() throws Exception {
        return Path.of(JsonFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        sbom = write("sbom.json", """
                {"bomFormat": "CycloneDX", "components": [
                  {"name": "knot", "purl": "pkg:maven/org.example/knot@1.0?type=jar", "hashes": []},
                  {"name": "rope", "purl": "pkg:maven/org.example/rope@2.0?type=jar"}]}
                """);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        vulnerabilities.put("GHSA-1", DETAILS);
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    /** Starts the service: this is what it says to batches; details it has of {@link #vulnerabilities}. */
    private void serve(Service batches) {
        server.createContext("/v1/querybatch", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            try {
                Answer answer = batches.answer(exchange);
                if (answer != null) {
                    respond(exchange, answer);
                }
            } catch (Exception failed) {
                throw new IOException(failed);
            }
        });
        server.createContext("/v1/vulns/", exchange -> {
            String id = exchange.getRequestURI().getPath().substring("/v1/vulns/".length());
            String details = vulnerabilities.get(id);
            respond(exchange, details == null ? new Answer(503, JSON, "{}") : new Answer(200, JSON, details));
        });
        server.start();
    }

    private static void respond(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String service() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private Run run(String... words) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int status = (int) check.invoke(null, words, new PrintStream(bytes, true, UTF_8));
        String out = bytes.toString(UTF_8);
        assertThat(out).doesNotContainPattern("(?i)\\d+ (tests?|passed|failed)|[\\p{Cntrl}&&[^\\r\\n]]");
        return new Run(status, out.replace(System.lineSeparator(), "\n"));
    }

    private Run check(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--service", service(), "--seconds", "20"));
        words.addAll(Arrays.asList(more));
        words.add(sbom.toString());
        return run(words.toArray(String[]::new));
    }

    private Run checkAccepting(String lines) throws Exception {
        return check("--accepted", write("accepted.txt", lines).toString());
    }

    @Test
    void components_are_asked_about_by_package_url_and_none_is_vulnerable() throws Exception {
        serve(exchange -> new Answer(200, JSON, CLEAN));
        assertThat(check("--accepted", ".ci/accepted-vulnerabilities.txt"))
                .isEqualTo(new Run(0, "dependency check: 2 components, no vulnerabilities to repair\n"));
        assertThat(asked)
                .containsExactly("{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/org.example/knot@1.0\"}},"
                        + "{\"package\":{\"purl\":\"pkg:maven/org.example/rope@2.0\"}}]}");
    }

    @Test
    void a_vulnerability_is_named_with_the_versions_that_repair_it() throws Exception {
        serve(exchange -> new Answer(200, JSON + "; charset=utf-8", ONE));
        assertThat(check()).isEqualTo(new Run(1, """
                        pkg:maven/org.example/rope@2.0: GHSA-1, CVE-2026-1: reads too far; fixed in 2.1, 3.0.1
                        dependency check: 2 components, 1 vulnerability to repair
                        """));
    }

    @Test
    void a_vulnerability_without_details_is_one_and_a_withdrawn_one_is_none() throws Exception {
        serve(exchange -> new Answer(200, JSON, ONE));
        vulnerabilities.clear();
        assertThat(check().out())
                .startsWith("pkg:maven/org.example/rope@2.0: GHSA-1\n")
                .contains(" 1 vulnerability ");
        vulnerabilities.put("GHSA-1", "{\"withdrawn\": \"2026-01-01T00:00:00Z\"}");
        assertThat(check().status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GHSA-1", "CVE-2026-1"})
    void what_is_accepted_is_shown_and_is_no_failure_until_its_last_day_is_over(String id) throws Exception {
        serve(exchange -> new Answer(200, JSON, ONE));
        Run run = checkAccepting("# none reads far\n\n" + id + " 9999-12-31 only short ropes are read\n");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("GHSA-1", " (accepted until 9999-12-31: only short ropes are read)\n")
                .endsWith(" no vulnerabilities to repair\n");
        Run late = checkAccepting(id + "\t2020-02-29\tonly short ropes are read");
        assertThat(late.status()).isEqualTo(1);
        assertThat(late.out()).contains("(accepted until 2020-02-29, which is over: only short ropes are read)");
    }

    @Test
    void what_is_accepted_and_not_found_any_more_is_to_be_removed() throws Exception {
        serve(exchange -> new Answer(200, JSON, CLEAN));
        Run run = checkAccepting("GHSA-9 9999-12-31 no matter");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("accepted.txt: GHSA-9 is not found any more; remove it\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GHSA-1", "GHSA-1 9999-12-31", "GHSA-1 soon it is said", "GHSA-1 2026-02-30 no such day"})
    void a_line_that_says_no_day_or_no_reason_is_refused(String line) throws Exception {
        serve(exchange -> new Answer(200, JSON, CLEAN));
        Run run = checkAccepting("# first\n" + line);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out())
                .contains("accepted.txt:2: expected an id, a day like 2027-01-31 and a reason, found \"" + line + "\"")
                .hasLineCount(1);
    }

    @Test
    void without_the_service_the_check_is_skipped() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Run run = run("--service", "http://127.0.0.1:" + port, sbom.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("dependency check skipped: http://127.0.0.1:" + port + " cannot be reached (")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500, application/json",
        "503, text/html",
        "429, application/json",
        "403, application/json",
        "407, text/html",
        "302, text/html",
        "404, text/html",
        "200, text/html",
        "200, ''"
    })
    void an_answer_of_something_in_between_skips_the_check(int status, String type) throws Exception {
        serve(exchange -> new Answer(status, type, "<html>Log in first</html>"));
        assertThat(check())
                .isEqualTo(new Run(
                        0,
                        "dependency check skipped: " + service() + " cannot be asked now (the answer has status "
                                + status + " and type \"" + type + "\")\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "no JSON",
                "[]",
                "{}",
                "{}{}",
                "{\"results\":7}",
                "{\"results\":[{}]}",
                "{\"results\":[{},{},{}]}",
                "{\"results\":[{},7]}",
                "{\"results\":[{},{\"vulns\":7}]}",
                "{\"results\":[{},{\"vulns\":[\"GHSA-1\"]}]}",
                "{\"results\":[{},{\"vulns\":[{}]}]}",
                "{\"results\":[{},{\"vulns\":[{\"id\":\"../../etc\"}]}]}"
            })
    void garbage_is_an_error(String body) throws Exception {
        serve(exchange -> new Answer(200, JSON, body));
        Run run = check();
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out())
                .startsWith("dependency check: ")
                .contains("cannot be read")
                .hasLineCount(1);
    }

    @Test
    void nested_and_endless_garbage_is_an_error_too() throws Exception {
        serve(exchange -> new Answer(200, JSON, asked.size() == 1 ? "[".repeat(2_000_000) : " ".repeat(17 << 20)));
        assertThat(check().status()).isEqualTo(3);
        assertThat(check())
                .extracting(Run::status, Run::out)
                .containsExactly(
                        3,
                        "dependency check: " + service()
                                + " answers what cannot be read: expected at most 16777216 bytes, found more\n");
    }

    @Test
    void a_question_that_is_refused_is_an_error() throws Exception {
        serve(exchange -> new Answer(400, JSON, "{\"code\":3,\"message\":\"Invalid query\"}"));
        Run run = check();
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("expected status 200, found status 400");
    }

    @Test
    void an_answer_that_does_not_come_skips_the_check() throws Exception {
        serve(exchange -> {
            end.await(1, TimeUnit.MINUTES);
            return null;
        });
        assertThat(check("--seconds", "1"))
                .isEqualTo(new Run(0, "dependency check skipped: " + service() + " did not answer within 1 seconds\n"));
    }

    @Test
    void an_answer_that_does_not_end_skips_the_check() throws Exception {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", JSON);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await(1, TimeUnit.MINUTES);
            return null;
        });
        assertThat(check("--seconds", "1").out()).contains("did not answer within 1 seconds");
    }

    @Test
    void further_pages_are_asked_for() throws Exception {
        vulnerabilities.put("GHSA-2", "{\"summary\": \"on the second page\"}");
        serve(exchange -> new Answer(
                200,
                JSON,
                asked.size() == 1
                        ? "{\"results\":[{\"next_page_token\":\"\"},{\"vulns\":[{\"id\":\"GHSA-1\"}],"
                                + "\"next_page_token\":\"more \\\"\"}]}"
                        : "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-2\"}]}]}"));
        Run run = check();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("GHSA-1", "GHSA-2: on the second page\n", " 2 vulnerabilities to repair");
        assertThat(asked)
                .hasSize(2)
                .element(1)
                .isEqualTo("{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/org.example/rope@2.0\"},"
                        + "\"page_token\":\"more \\\"\"}]}");
    }

    @Test
    void pages_without_end_are_an_error() throws Exception {
        serve(exchange -> new Answer(
                200,
                JSON,
                asked.size() == 1
                        ? "{\"results\":[{},{\"next_page_token\":\"1\"}]}"
                        : "{\"results\":[{\"next_page_token\":\"1\"}]}"));
        assertThat(check())
                .isEqualTo(new Run(3, "dependency check: " + service() + ": an answer of more than 20 pages\n"));
    }

    @Test
    void more_components_than_the_service_takes_at_once_are_asked_about_in_turn() throws Exception {
        StringBuilder many = new StringBuilder("{\"components\":[");
        for (int i = 0; i < 1001; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{\"purl\":\"pkg:maven/org.example/part@")
                    .append(i)
                    .append("\"}");
        }
        sbom = write("many.json", many + "]}");
        serve(exchange -> new Answer(200, JSON, "{\"results\":[{}" + ",{}".repeat(asked.size() == 1 ? 999 : 0) + "]}"));
        assertThat(check().out()).isEqualTo("dependency check: 1001 components, no vulnerabilities to repair\n");
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_the_service_says_does_not_reach_the_terminal_raw() throws Exception {
        vulnerabilities.put(
                "GHSA-1", "{\"summary\": \"\\u001b[2Jone\\nline\\u202e, \\u0007\", \"aliases\": [\"\\r\"]}");
        serve(exchange -> new Answer(200, JSON, ONE));
        assertThat(check().out()).contains("GHSA-1,  :  [2Jone line ,  \n").hasLineCount(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"components\": []}",
                "{\"components\": [{}]}",
                "{\"components\": [{\"purl\": \"x\"}]}"
            })
    void an_sbom_without_components_is_an_error(String text) throws Exception {
        sbom = write("sbom.json", text);
        assertThat(check())
                .matches(run -> run.status() == 3 && run.out().lines().count() == 1);
        Files.delete(sbom);
        assertThat(check().out()).contains("sbom.json cannot be read (NoSuchFileException)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "--service",
                "--what x",
                "--service x a",
                "--service file:///etc a",
                "--seconds 0 a",
                "--seconds many a",
                "--service http://: a"
            })
    void wrong_usage_is_said_with_the_right_one(String words) throws Exception {
        Run run = run(words.isEmpty() ? new String[0] : words.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).hasLineCount(2).contains("\nusage: java -cp");
    }

    @Test
    void it_runs_from_its_source_as_ci_runs_it() throws Exception {
        serve(exchange -> new Answer(200, JSON, ONE));
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        jackson().toString(),
                        PROGRAM.toString(),
                        "--service",
                        service(),
                        sbom.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(1);
        assertThat(out).content().contains("fixed in 2.1, 3.0.1").hasLineCount(2);
    }
}
