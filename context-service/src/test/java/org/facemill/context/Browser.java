package org.facemill.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium on the console. Without one the test is skipped, in CI it fails. Leaves screenshots in target/console. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final Path profile;
    private final ChromeDriver driver;
    private final int port;

    private Browser(int port) throws IOException {
        this.port = port;
        this.profile = Files.createTempDirectory("facemill-browser");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        size(1280, 1000);
    }

    /** A browser for the service under test. */
    static Browser open() {
        return open(RestAssured.port);
    }

    /** A browser for what listens on a port of this machine. */
    static Browser open(int port) {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            String why = "no Chromium: install chromium and chromium-driver";
            if ("true".equals(System.getenv("CI"))) {
                fail(why);
            }
            abort(why);
        }
        try {
            return new Browser(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** Opens a page by its address after #. */
    Browser at(String address) {
        driver.get("http://localhost:" + port + "/#" + address);
        return this;
    }

    ChromeDriver driver() {
        return driver;
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    String text() {
        return driver.findElement(By.tagName("main")).getText();
    }

    Browser awaitText(String text) {
        awaitThat("'" + text + "' is not in the page", () -> text().contains(text));
        return this;
    }

    WebElement find(String css) {
        awaitThat(
                css + " is not in the page",
                () -> !driver.findElements(By.cssSelector(css)).isEmpty());
        return driver.findElement(By.cssSelector(css));
    }

    private void awaitThat(String otherwise, Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE)
                    .ignoreException(StaleElementReferenceException.class)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            shoot("awaited");
            throw new AssertionError(otherwise + ": " + text() + " " + messages(), e);
        }
    }

    /** Puts a text into a field in place of what it holds. */
    Browser type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text + Keys.TAB);
        return this;
    }

    /** Unfolds details. */
    Browser open(String css) {
        WebElement details = find(css);
        if (details.getAttribute("open") == null) {
            details.findElement(By.tagName("summary")).click();
        }
        return this;
    }

    /** Presses a button of the first such element whose text has a word in it. */
    void clickIn(String css, String word, String button) {
        driver.findElements(By.cssSelector(css)).stream()
                .filter(element -> element.getText().contains(word))
                .findFirst()
                .orElseThrow()
                .findElements(By.tagName("button"))
                .stream()
                .filter(element -> element.getText().equals(button))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** Unfolds the first details whose text has a word in it. */
    void clickIn(String css, String word) {
        awaitText(word);
        driver.findElements(By.cssSelector(css)).stream()
                .filter(element -> element.getText().contains(word))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("summary"))
                .click();
    }

    /** As a phone has it, in the dark. */
    void asDarkPhone() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    /** Nothing reaches beyond the page's width. */
    void assertFits() {
        assertThat((Long) script("return document.documentElement.scrollWidth"))
                .as("width at %s", driver.getCurrentUrl())
                .isLessThanOrEqualTo((Long) script("return document.documentElement.clientWidth"));
    }

    /** What stands after # in the address. */
    String address() {
        return URI.create(driver.getCurrentUrl()).getFragment();
    }

    void click(String css) {
        find(css).click();
    }

    /** Every picture of the page has arrived, and there are some. */
    void assertPicturesLoad() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            script("document.querySelectorAll('img[loading=lazy]').forEach(i => i.loading = 'eager')");
            assertThat((Long) script("return document.images.length")).isGreaterThan(1);
            assertThat((List<?>) script(
                            "return [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"))
                    .isEmpty();
        });
    }

    /** Nothing went wrong in the page, nothing was blocked, and no rule of axe is broken. */
    void assertSound() {
        assertThat(messages()).isEmpty();
        List<Rule> violations = new AxeBuilder().analyze(driver).getViolations();
        assertThat(violations)
                .as("axe at %s", driver.getCurrentUrl())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
        // axe itself is stopped by the page's policy here and there
        messages();
    }

    /** What the browser complains of since it was asked last. */
    private List<String> messages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void shoot(String name) {
        Path file = Path.of("target", "console", name + ".png");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
