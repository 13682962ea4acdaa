package io.cachedconnection.consoletests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample's page in a real browser; the sample runs as its run command starts it, on Payara Micro with a Redis of its own. */
class SamplePageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(3);
    private static final Path SAMPLE = Path.of(System.getProperty("sample.directory"));
    private static final int PORT = ConsoleApplication.freePort();
    private static Browser browser;
    private static Process demo;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser();
        Path log = Path.of(System.getProperty("console.screenshots")).resolveSibling("sample.log");
        demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        SAMPLE.resolve("target/test-classes").toString(),
                        "io.cachedconnection.sample.Demo",
                        String.valueOf(PORT),
                        System.getProperty("sample.server"),
                        SAMPLE.resolve("target/cached-connection-sample.war").toString(),
                        SAMPLE.resolve("src/demo").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(START).until(() -> {
            assertThat(demo.isAlive()).as("the sample runs; see %s", log).isTrue();
            return Files.readString(log, UTF_8).contains("The sample is at http://localhost:" + PORT + "/");
        });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        try {
            if (demo != null) {
                demo.destroy(); // it ends the server
                assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            if (browser != null) {
                browser.close();
            }
        }
    }

    @BeforeEach
    void open() {
        browser.look(1440, 900, "light");
        browser.open(URI.create("http://localhost:" + PORT + "/"));
        until("document.querySelectorAll('#connections tr').length === 6");
        until("root?.querySelector('.pill').textContent === 'Redis answers'");
    }

    @AfterEach
    void page_hasNoErrors() {
        assertThat(browser.complaints())
                .doesNotContain("Content Security Policy", "SEVERE\",\"message\":\"javascript", "Uncaught");
    }

    private static void until(String condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> browser.run("return Boolean(" + condition + ")") == JsonValue.TRUE);
    }

    private static void click(String id) {
        browser.run("document.getElementById('" + id + "').click()");
    }

    private static void untilText(String id, String regex) {
        until("/" + regex + "/.test(document.getElementById('" + id + "').textContent)");
    }

    /** Clicks a connection, and waits for what the page says of the lookup. */
    private static void lookUp(String provider, String regex) {
        browser.run("document.getElementById('verdict').textContent = '';"
                + " document.querySelector('button[aria-label=\"Look up " + provider + "\"]').click()");
        untilText("verdict", "^" + provider + ": " + regex);
    }

    private static void type(String alias) {
        browser.run("document.getElementById('alias').value = " + Json.createValue(alias));
    }

    private static void save(String alias) {
        type(alias);
        browser.run("document.getElementById('change').requestSubmit()");
        untilText("change-status", "^Saved");
    }

    private static String shownAlias(String provider) {
        return browser.text(
                "document.querySelector('button[aria-label=\"Look up " + provider + "\"]').nextSibling.textContent");
    }

    @Test
    void lookup_afterSave_isFromTheDatabaseAndThenFromRedis() {
        lookUp("schwab", "from (Redis|the database) in [0-9.]+ ms");
        save("Saved on the page");

        lookUp("schwab", "from the database in [0-9.]+ ms");
        lookUp("schwab", "from Redis in [0-9.]+ ms");

        assertThat(shownAlias("schwab")).isEqualTo("Saved on the page");
        untilText("log", "schwab.*Redis.*[0-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<img src=x onerror=alert(1)>", "\"><script>window.pwned=1</script>", "'", ""})
    void alias_withMarkupOrNone_isShownAsText(String alias) {
        lookUp("revolut", "from");
        save(alias);
        lookUp("revolut", "from the database");

        assertThat(shownAlias("revolut")).isEqualTo(alias);
        assertThat(browser.text("document.querySelectorAll('img, script:not([src]), [onerror]').length"))
                .isEqualTo("0");
        assertThat(browser.text("window.pwned")).isEqualTo("undefined");
    }

    @Test
    void alias_asLongAsCanBe_doesNotWidenThePage() {
        lookUp("chase", "from");
        save("W".repeat(100));
        lookUp("chase", "from the database");
        browser.look(390, 844, "light");

        assertThat(browser.text("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo("true");
    }

    @Test
    void lists_ofAUser_areFromTheDatabaseOnceAfterASave() {
        lookUp("sparkasse", "from");
        save("A list's");
        browser.run("document.getElementById('user').selectedIndex = 1");
        for (int i = 0; i < 4; i++) {
            String button = "document.querySelectorAll('#lists button')[" + i + "].click()";
            String forget = "document.getElementById('lists-status').textContent = '';";
            browser.run(forget + button);
            untilText("lists-status", "^From the database in ");
            browser.run(forget + button);
            untilText("lists-status", "^From Redis in ");
        }
    }

    @Test
    void thousand_lookedUp_areNearlyAllFromRedis() {
        click("thousand");

        until("/^1,000 lookups in/.test(document.getElementById('traffic-status').textContent)");
        assertThat(browser.text("document.getElementById('traffic-status').textContent"))
                .containsPattern(": (1,000|99[0-9]) from Redis");
    }

    @Test
    void redis_stoppedAndStarted_whileLookupsGoOn() {
        click("traffic");
        untilText("from-redis", "^[1-9]");

        click("redis-button");

        untilText("redis-state", "is stopped");
        untilText("from-database", "^[1-9]");
        until("root.querySelector('.pill').textContent.startsWith('Redis does not answer')");
        browser.screenshot("sample-redis-away");
        assertThat(browser.text("document.getElementById('traffic-status').textContent"))
                .isEmpty();
        click("redis-button");
        untilText("redis-state", "runs");
        until("root.querySelector('.pill').textContent === 'Redis answers'");
        untilText("from-redis", "^[1-9]");
    }

    @Test
    void writeBehind_theCachesBack_isSeenToBeOldUntilVerificationFindsIt() {
        lookUp("alpaca", "from");
        save("The old alias");
        lookUp("alpaca", "from the database");
        type("Behind the back");

        click("behind");

        untilText("old", "^[1-9][0-9]* old answers? for .*“The old alias”, the database “Behind the back”");
        until("document.querySelector('#log .tag.old')?.textContent === 'old'");
        browser.screenshot("sample-old");
        untilText("old", "^The entry is gone after ");
        assertThat(shownAlias("alpaca")).isEqualTo("Behind the back");
        until("[...root.querySelectorAll('.tile')].some(tile => /^Lies found[1-9]/.test(tile.textContent))");
    }

    @Test
    void writeBehind_ofTheAliasThatIsThere_isRefused() {
        lookUp("fidelity", "from");

        click("behind");

        untilText("change-status", "^Type another alias first");
    }

    @ParameterizedTest
    @CsvSource({"sample-light, 1440, 900, light", "sample-dark, 1440, 900, dark", "sample-narrow, 390, 844, light"})
    void page_onScreensOfEachKind_doesNotScrollSideways(String name, int width, int height, String scheme) {
        browser.look(width, height, scheme);
        click("traffic");
        untilText("from-redis", "^[1-9]");
        until("root.querySelector('.s-hits[d]')?.getAttribute('d').length > 30");
        browser.screenshot(name);

        assertThat(browser.text("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo("true");
    }

    @Test
    void controls_all_haveNamesThatCanBeSpoken() {
        assertThat(browser.text(
                        "[...document.querySelectorAll('button, input, select, svg[role=img], [tabindex]')].filter(each =>"
                                + " !each.textContent.trim() && !each.getAttribute('aria-label') && !each.labels?.length)"
                                + ".map(each => each.outerHTML).join()"))
                .isEmpty();
    }
}
