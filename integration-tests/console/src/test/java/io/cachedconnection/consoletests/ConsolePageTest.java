package io.cachedconnection.consoletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.CacheStatistics;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the console in a real browser. */
class ConsolePageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static ConsoleApplication application;
    private static Browser browser;
    private static Thread traffic;
    private static volatile boolean ended;

    @BeforeAll
    static void start() {
        browser = new Browser();
        application = new ConsoleApplication("/shop", Map.of("console.enabled", "true", "console.values", "true"));
        application.awaitRedis();
        traffic = new Thread(ConsolePageTest::lookUp);
        traffic.setDaemon(true);
        traffic.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        ended = true;
        if (traffic != null) {
            traffic.join(TimeUnit.SECONDS.toMillis(10));
        }
        if (application != null) {
            application.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** Some traffic with ups and downs. */
    private static void lookUp() {
        for (long i = 0; !ended; i++) {
            application.shelf().find("t" + i % 200);
            application.shelf().findNear("t" + i % 7);
            if (i % 50 == 0) {
                application.shelf().change("t" + i % 200);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((long) (4 + 3 * Math.sin(i / 300.0))));
        }
    }

    @BeforeEach
    void open() {
        browser.look(1280, 900, "light");
        browser.open(application.uri("/"));
        until("root?.querySelectorAll('tbody th button.link').length >= 2");
    }

    private static void until(String condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> browser.run("return Boolean(" + condition + ")") == JsonValue.TRUE);
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    private static void lookUp(String cache, String key) {
        browser.run(
                "root.querySelector('#cache-of-key').value = " + quoted(cache) + "; root.querySelector('#key').value = "
                        + quoted(key) + "; root.querySelector('#key').form.requestSubmit();");
    }

    @Test
    void page_afterTraffic_drawsItsLines() {
        until("root.querySelector('.s-hits[d]')?.getAttribute('d').length > 30");
        until("root.querySelector('section[aria-label=Redis] .s-p50[d]')?.getAttribute('d').length > 10");

        assertThat(browser.text("root.querySelector('.pill').textContent")).isEqualTo("Redis answers");
        assertThat(browser.text("root.querySelector('.plot svg').getAttribute('aria-label')"))
                .startsWith("Lookups each second, the last ten minutes. Now: near hits ");
        assertThat(browser.complaints()).doesNotContain("Content Security Policy", "SEVERE\",\"message\":\"javascript");
    }

    @Test
    void numbers_ofTheTable_agreeWithTheStatistics() {
        String counts = "[...root.querySelectorAll('tbody tr')].find(row => row.cacheName === 'books')"
                + ".querySelector('.mix svg').getAttribute('aria-label')";
        CacheStatistics before = application.caches().statistics().get("books");
        until(counts + " !== 'no lookups yet'");
        browser.run("root.querySelector('#filter').dispatchEvent(new Event('input'))");
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));

        String[] shown = browser.text(counts).replace(",", "").split("\\D+", -1);
        CacheStatistics after = application.caches().statistics().get("books");

        assertThat(Long.parseLong(shown[2])).isBetween(before.hits(), after.hits());
        assertThat(Long.parseLong(shown[3])).isBetween(before.misses(), after.misses());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img/src=x/onerror=window.pwned=1>",
                "</script><script>window.pwned=1</script>",
                "\"><svg/onload=window.pwned=1>",
                "'-alert(1)-'",
                "javascript:window.pwned=1"
            })
    void key_withMarkup_isShownAsText(String id) {
        application.shelf().find(id);

        lookUp("books", id.replace(":", "%3A"));

        until("root.querySelector('pre')?.textContent.includes('title of ')");
        assertThat(browser.text("root.querySelector('dl.facts code').textContent"))
                .contains(id.replace(":", "%3A"));
        browser.run("root.querySelector('#tag').value = " + quoted(id)
                + "; root.querySelector('#tag').form.requestSubmit();");
        until("root.querySelector('dialog').open");
        browser.run("root.querySelector('dialog button[value=no]').click()");
        assertThat(browser.text("window.pwned")).isEqualTo("undefined");
        assertThat(browser.text("root.querySelectorAll('img, script, [onload], [onerror]').length"))
                .isEqualTo("0");
    }

    @Test
    void key_evictedByTheButton_isGone() {
        application.shelf().find("button");
        lookUp("books", "button");
        until("root.querySelector('pre')");

        browser.run("[...root.querySelectorAll('button')].find(each => each.textContent === 'Evict this key').click()");

        until("[...root.querySelectorAll('.status')].some(each => each.textContent === 'Eviction: done.')");
        lookUp("books", "button");
        until("[...root.querySelectorAll('dd')].some(each => each.textContent === 'no entry')");
    }

    @Test
    void cache_byKeyboardAlone_isSwitchedOffAndOn() {
        String state =
                "[...root.querySelectorAll('tbody tr')].find(row => row.cacheName === 'books').cells[1].textContent";
        browser.run("[...root.querySelectorAll('button')]"
                + ".find(each => each.getAttribute('aria-label') === 'Switch off books').focus()");
        browser.press("\uE007");
        until("root.querySelector('dialog').open");
        browser.press("\uE007"); // the first button of the dialog has the focus

        until(state + ".startsWith('off, here')");
        until(
                "[...root.querySelectorAll('.status')].some(each => each.textContent === 'books: off; writes still evict from it.')");
        browser.screenshot("switched-off");
        browser.run("[...root.querySelectorAll('button')]"
                + ".find(each => each.getAttribute('aria-label') === 'Switch on books').focus()");
        browser.press("\uE007");
        until(state + " === 'on'");
    }

    @Test
    void cache_chosen_showsItsDetailsAndItsOwnLines() {
        browser.run(
                "[...root.querySelectorAll('button.link')].find(each => each.textContent === 'near-books').click()");

        until("root.querySelector('h2') && [...root.querySelectorAll('h2')]"
                + ".some(each => each.textContent === 'Cache near-books, since the start')");
        assertThat(browser.text("root.textContent")).contains("the annotation of Shelf.findNear(String)");
        until("root.querySelector('.s-near[d]')?.getAttribute('d').length > 10");
        browser.screenshot("chosen");
    }

    @Test
    void settings_opened_areThere() {
        browser.run("root.querySelector('details').open = true");

        until("root.textContent.includes('redis.uri')");
        assertThat(browser.text("root.textContent")).doesNotContain("redis://");
    }

    @Test
    void redis_stopped_isSeenAndSeenToBeBack() {
        application.stopRedis();
        until("root.querySelector('.pill').textContent.startsWith('Redis does not answer')");
        browser.screenshot("redis-away");
        application.startRedis();
        until("root.querySelector('.pill').textContent === 'Redis answers'");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, light", "dark, 1280, dark", "narrow, 380, light"})
    void page_onScreensOfEachKind_doesNotScrollSideways(String name, int width, String scheme) {
        browser.look(width, 900, scheme);
        until("root.querySelector('.s-hits[d]')?.getAttribute('d').length > 30");
        application.shelf().find("t1"); // Redis was stopped before, so it may not have this entry
        lookUp("books", "t1");
        until("root.querySelector('pre')");
        browser.screenshot(name);

        assertThat(browser.text("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo("true");
    }

    @Test
    void controls_all_haveNamesThatCanBeSpoken() {
        assertThat(browser.text(
                        "[...root.querySelectorAll('button, input, select, svg[role=img], [tabindex]')].filter(each =>"
                                + " !each.textContent.trim() && !each.getAttribute('aria-label') && !each.labels?.length)"
                                + ".map(each => each.outerHTML).join()"))
                .isEmpty();
    }
}
