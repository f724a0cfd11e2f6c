package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as Debian packages it. What it logs and whatever it asks the network for is kept. */
final class Browser implements AutoCloseable {

    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a request asks for, in a line of the log. */
    private static final Pattern URL = Pattern.compile("\"request\":\\{.*?\"url\":\"(.*?)\"");

    /** It misses a protocol of this very version of Chromium, which nothing here uses. */
    private static final Logger QUIET = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        QUIET.setLevel(Level.OFF);
    }

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** {@return a browser; where there is none, the test is skipped} */
    static Browser open() throws IOException {
        assumeThat(CHROMIUM.canExecute() && DRIVER.canExecute())
                .as("Debian's chromium and chromium-driver are needed to look at pages; .ci/run installs them")
                .isTrue();
        Path profile = Files.createTempDirectory("faultline-browser");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        logging.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1400,1000",
                "--user-data-dir=" + profile);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .withSilent(true)
                .build();
        Browser browser = new Browser(profile, new ChromeDriver(service, options));
        browser.reset();
        return browser;
    }

    /** As it was when it was opened, and what it did until then forgotten. */
    void reset() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        size(1400, 1000);
        if (String.valueOf(driver.getCurrentUrl()).startsWith("file:")) {
            run("localStorage.clear()");
        }
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
    }

    void load(Path page) {
        driver.get("about:blank"); // else an address that differs in its fragment alone loads nothing
        driver.get(page.toUri().toString());
        await("document.readyState === 'complete' && (!document.getElementById('overview')"
                + " || performance.getEntriesByName('overview').length > 0)");
    }

    void await(String condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(run("return Boolean(" + condition + ")"))) {
            assertThat(System.nanoTime()).as("still waiting for " + condition).isLessThan(giveUp);
            Thread.onSpinWait();
        }
    }

    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    Object runLater(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return ((JavascriptExecutor) driver).executeAsyncScript(script, arguments);
    }

    double number(String expression) {
        return ((Number) run("return " + expression)).doubleValue();
    }

    String text(String selector) {
        return one(selector).getText();
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** {@return texts as they are in the page, whether in sight or not} */
    List<String> texts(String selector) {
        @SuppressWarnings("unchecked")
        List<String> texts = (List<String>)
                run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector);
        return texts;
    }

    void button(String text) {
        driver.findElement(
                        By.xpath("//button[starts-with(normalize-space(), '" + text + "')][not(ancestor::*[@hidden])]"))
                .click();
    }

    void link(String text) {
        driver.findElement(By.linkText(text)).click();
    }

    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void press(Keys key, int times) {
        for (int i = 0; i < times; i++) {
            type(key);
        }
    }

    void hover(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    void back() {
        driver.navigate().back();
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Looks like a telephone: narrower than a window can be made. */
    void phone() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 375, "height", 740, "deviceScaleFactor", 2, "mobile", true));
    }

    void prefersDark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** {@return what axe has to say against the page as it stands, a line each} */
    @SuppressWarnings("unchecked")
    List<String> violations() throws IOException {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) runLater("""
                const done = arguments[arguments.length - 1];
                axe.run(document).then(found => done(found.violations.map(one =>
                    one.id + ": " + one.help + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)
                    + " " + node.any.map(a => a.message).join("; ").slice(0, 160)).join(" | "))),
                    failed => done([String(failed)]));
                """);
    }

    /** Since the last reset nothing was logged as an error, no script was refused, and nothing was asked of anybody. */
    void checkQuiet() {
        assertThat(driver.manage().logs().get(LogType.BROWSER)).as("console").isEmpty();
        assertThat(driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                        .map(LogEntry::getMessage)
                        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                        .flatMap(message -> URL.matcher(message).results().map(found -> found.group(1))))
                .as("what was asked for")
                .allMatch(url -> url.startsWith("file:") && url.contains(".html") || url.startsWith("data:"));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException leftBehind) {
            // a helper of the browser that is still going away may write while we delete
        }
    }
}
