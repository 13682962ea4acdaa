package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.testing.Chaos;
import io.cachedconnection.testing.ChaosCodec;
import io.cachedconnection.testing.ChaosEvents;
import io.cachedconnection.testing.ChaosSources;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.ChaosTransactions;
import io.cachedconnection.testing.ChaosWrapping;
import io.cachedconnection.testing.FakeTransactions;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;

/** A node each of whose ports is a chaos twin. */
final class ChaosNode {

    static final int MOST_BYTES = 100;

    private static final CacheSettings SETTINGS = new CacheSettings(
            true, null, Duration.ofMinutes(5), Duration.ofSeconds(2), 0.1, MOST_BYTES, NearSettings.OFF);

    final Chaos stores = new Chaos();
    final Chaos tellings = new Chaos();
    final Chaos scope = new Chaos();
    final Chaos clock = new Chaos();
    final Chaos random = new Chaos();
    final Chaos pause = new Chaos();
    final Chaos codec = new Chaos();
    final Chaos wrapping = new Chaos();
    final Chaos settings = new Chaos();
    final Chaos repository = new Chaos();

    final FakeTransactions transactions;
    final NotedEvents events = new NotedEvents();
    final ChaosStore store;
    final ChaosCodec values = new ChaosCodec(new TextCodec(), codec);
    CacheSettings wrongSettings;
    double wrongRandom = Double.NaN;
    final Cache cache =
            new Cache("c", ChaosSources.settings(() -> SETTINGS, () -> wrongSettings, settings), new CacheCounters());
    final CacheBinding<String> binding = new CacheBinding<>(
            cache, values, new ChaosWrapping(EntryFormat.none(), wrapping), TtlChoice.annotated(null));
    final Engine engine;

    ChaosNode(RemoteStore shared, FakeTime time, ProtocolSettings protocol) {
        transactions = new FakeTransactions(time);
        store = new ChaosStore(shared, stores);
        Sleeper resting = length -> {
            time.pass(Duration.ofNanos(length));
            return true;
        };
        Ports ports = new Ports(
                store,
                Settings.nothingNear(),
                new ChaosEvents(events, tellings),
                new ChaosTransactions(transactions, scope),
                ChaosSources.clock(time, () -> time.pass(Duration.ofHours(3)), clock),
                ChaosSources.random(() -> 0.5, () -> wrongRandom, random),
                new Tokens()::next,
                ChaosSources.pause(resting, pause));
        engine = new Engine(ports, protocol);
    }

    LookupResult<String> read(EntryKey key, ValueLoader<String> loader) throws Exception {
        return engine.read(binding, key, ChaosSources.loader(loader, repository));
    }
}
