package io.cachedconnection.internal.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator does by hand. */
class ControlTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key("1");

    private final MemoryStore store = new MemoryStore(System::nanoTime, Duration.ofSeconds(30));
    private boolean evictsWhenOff;
    private final Cache cache = new Cache("c", this::settings, new CacheCounters());
    private final Caches caches = new Caches(name -> cache);
    private final CacheBinding<String> binding =
            new CacheBinding<>(caches.of("c"), new TextCodec(), EntryFormat.none(), TtlChoice.annotated(null));
    private final Engine engine = new Engine(
            new Ports(
                    store,
                    Settings.nothingNear(),
                    new NotedEvents(),
                    TransactionScope.none(),
                    System::nanoTime,
                    () -> 1,
                    new Tokens()::next,
                    Sleeper.sleeping()),
            Settings.protocol(Duration.ofMillis(100)),
            name -> cache.settings().get().isLeftAlone());
    private final Control control = new Control(
            engine,
            caches,
            store,
            name -> KEY.space(),
            tag -> KEY,
            Map.of("c", EntryFormat.none()),
            Duration.ofMillis(100));
    private String row = "old";

    private CacheSettings settings() {
        CacheSettings usual = Settings.cache();
        return new CacheSettings(
                true,
                evictsWhenOff,
                null,
                usual.generalTtl(),
                usual.negativeTtl(),
                usual.jitter(),
                usual.maxValueBytes(),
                usual.near());
    }

    private String read() throws Exception {
        return engine.read(binding, KEY, () -> row).value();
    }

    private void write(String to) throws Exception {
        engine.write(List.of(KEY), changes -> {
            row = to;
            return null;
        });
    }

    @Test
    void switchOn_writesWereLeftAloneMeanwhile_clears() throws Exception {
        read();
        control.switchOff(cache);
        write("new");
        assertThat(read()).isEqualTo("new");
        control.switchOn(cache);

        assertThat(read()).isEqualTo("new");
    }

    /** The settings may say otherwise by then. */
    @Test
    void switchOn_writesWereLeftAloneForAWhile_clears() throws Exception {
        read();
        control.switchOff(cache);
        write("new");
        evictsWhenOff = true;
        control.switchOn(cache);

        assertThat(read()).isEqualTo("new");
    }

    @Test
    void write_leftAlone_isNoEviction() throws Exception {
        control.switchOff(cache);
        write("new");

        assertThat(engine.writes().of("c", Scope.KEY, Fate.DONE)).isZero();
    }
}
