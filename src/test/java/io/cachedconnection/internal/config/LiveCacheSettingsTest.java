package io.cachedconnection.internal.config;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.config.ConfigReader.Validated;
import io.cachedconnection.internal.config.LiveSettings.LiveCacheSettings;
import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.testing.ScannedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LiveCacheSettingsTest {

    private static final String TTL = "cached-connection.ttl";

    private final FakeTime time = new FakeTime();
    private final MapConfig config = MapConfig.of(TTL, "10");
    private final List<String> warnings = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final LiveCacheSettings live = live(this::reading);

    @Test
    void get_notRenewed_readsNothingAndAsksNoClock() {
        config.set(TTL, "20");
        time.pass(Duration.ofHours(1));

        assertThat(seconds()).isEqualTo(10);
        assertThat(readings).hasValue(1);
    }

    @Test
    void get_renewed_isWhatIsConfiguredNow() {
        config.set(TTL, "20");
        live.renew();

        assertThat(seconds()).isEqualTo(20);
    }

    @Test
    void get_renewedOnce_readsOnce() {
        live.renew();
        live.renew();
        seconds();
        seconds();

        assertThat(readings).hasValue(2);
    }

    @Test
    void renew_byItself_readsNothing() {
        live.renew();

        assertThat(readings).hasValue(1);
    }

    @Test
    void get_changed_isSaidOnceWithBothValues() {
        config.set(TTL, "20");
        config.set("cached-connection.enabled", "false");
        config.set("cached-connection.cache.users.near.enabled", "true");
        live.renew();
        seconds();
        live.renew();
        seconds();

        assertThat(changes)
                .containsExactly("CC-0223 The settings of cache users have changed while the application runs: enabled"
                        + " from true to false, ttl from PT10S to PT20S, near.enabled from false to true.");
        config.set(TTL, "10");
        live.renew();
        seconds();
        assertThat(changes).hasSize(2).last().asString().endsWith("ttl from PT20S to PT10S.");
    }

    @Test
    void get_switchedOffWithoutEvictions_isWarnedOfOnce() {
        config.set("cached-connection.evict.when-disabled", "false");
        live.renew();
        seconds();
        assertThat(warnings).isEmpty();
        config.set("cached-connection.cache.users.enabled", "false");
        live.renew();
        seconds();
        live.renew();
        seconds();

        assertThat(live.get().isLeftAlone()).isTrue();
        assertThat(warnings).singleElement().asString().startsWith("CC-0224 Cache users is switched off, and writes");
    }

    @Test
    void get_settingRemoved_isTheDefault() {
        config.remove(TTL);
        live.renew();

        assertThat(seconds()).isEqualTo(300);
    }

    @Test
    void get_wrongValue_keepsTheLastGoodOneAndSaysSo() {
        config.set(TTL, "soon");
        live.renew();

        assertThat(seconds()).isEqualTo(10);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("CC-0208 Cache users keeps the settings it had; next note in 60 s.")
                .contains("CC-0202 Setting cached-connection.ttl is 'soon' in the map.");
    }

    @Test
    void get_sourceThatFails_keepsTheLastGoodOneAndSaysSo() {
        config.set(TTL, MapConfig.FAILS);
        live.renew();

        assertThat(seconds()).isEqualTo(10);
        assertThat(warnings).singleElement().asString().contains("CC-0207");
    }

    @Test
    void get_sourceThatBreaksTheReading_failsAndIsAskedAgain() {
        AtomicBoolean isBroken = new AtomicBoolean();
        LiveCacheSettings breaking = live(() -> isBroken.getAndSet(false) ? broken() : reading());
        isBroken.set(true);
        config.set(TTL, "20");
        breaking.renew();

        assertThatThrownBy(breaking::get).isInstanceOf(LinkageError.class);
        assertThat(breaking.get().generalTtl()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void get_wrongForTwoMinutes_isSaidOnceAMinute() {
        config.set(TTL, "soon");
        for (int second = 1; second <= 120; second++) {
            time.pass(Duration.ofSeconds(1));
            live.renew();
            seconds();
        }

        assertThat(warnings).hasSize(2);
    }

    @Test
    void get_wrongValueMadeRight_isTaken() {
        config.set(TTL, "soon");
        live.renew();
        seconds();
        config.set(TTL, "30");
        live.renew();

        assertThat(seconds()).isEqualTo(30);
    }

    @Test
    void get_whileAnotherThreadReads_isWhatWasReadBefore() throws Exception {
        CountDownLatch configReader = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LiveCacheSettings slow = live(() -> readings.get() == 1 ? reading() : gated(configReader, goOn));
        config.set(TTL, "20");
        readings.set(2);
        slow.renew();
        CompletableFuture<CacheSettings> first = CompletableFuture.supplyAsync(slow);
        assertThat(configReader.await(10, SECONDS)).isTrue();

        assertThat(slow.get().generalTtl()).isEqualTo(Duration.ofSeconds(10));
        goOn.countDown();
        assertThat(first.get(10, SECONDS).generalTtl()).isEqualTo(Duration.ofSeconds(20));
        config.set(TTL, "30");
        slow.renew();
        assertThat(slow.get().generalTtl()).isEqualTo(Duration.ofSeconds(30));
    }

    private long seconds() {
        return live.get().generalTtl().toSeconds();
    }

    private LiveCacheSettings live(Supplier<Validated<CacheSettings>> source) {
        return new LiveCacheSettings(
                "users",
                source,
                warning -> warnings.add(ScannedLog.text(warning)),
                change -> changes.add(ScannedLog.text(change)),
                time);
    }

    private Validated<CacheSettings> reading() {
        readings.incrementAndGet();
        ConfigReader configReader = new ConfigReader(config);
        return configReader.validated(SettingsReader.ofCache(configReader, "users"));
    }

    private static Validated<CacheSettings> broken() {
        throw new NoClassDefFoundError();
    }

    private Validated<CacheSettings> gated(CountDownLatch arrived, CountDownLatch goOn) {
        arrived.countDown();
        try {
            assertThat(goOn.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return reading();
    }
}
