package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.WriteStep;
import io.cachedconnection.internal.tls.ReloadingTls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A JVM with another Jedis on its class path. Says {@code fits} when each kind of call to a store has worked, or
 * {@code refused} and the version that was found.
 */
final class JedisVersionNode {

    private static final long NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Duration SETTLE = Duration.ofMillis(1);
    private static final KeySpace SPACE = KeySpace.of("versions", "");

    private JedisVersionNode() {}

    /** Arguments: {@code server}, {@code tls}, {@code cluster} or {@code sentinel}; ports; the authority's file for TLS. */
    public static void main(String... arguments) throws Exception {
        Optional<String> unsuitable = JedisStore.unsuitableJedis();
        if (unsuitable.isPresent()) {
            System.out.println("refused " + unsuitable.get());
            return;
        }
        RedisSettings usual = Settings.redis(endpoint(arguments[0], arguments[1]), Duration.ofSeconds(5));
        TlsUpgrade tls = null;
        if (arguments.length == 3) {
            TlsFiles files = new TlsFiles(Map.of(TlsPart.CA, Path.of(arguments[2])), Map.of(), true);
            tls = new ReloadingTls(files, new NoEvents(), InstantSource.system());
        }
        ConnectionSettings access = new ConnectionSettings(Credentials.NONE, tls, 0, null);
        RedisSettings settings = new RedisSettings(usual.place(), access, usual.pool(), usual.breaker());
        try (JedisStore store = new JedisStore(settings, Duration.ofSeconds(30))) {
            use(store);
        }
        System.out.println("fits");
    }

    private static Endpoint endpoint(String kind, String ports) {
        List<HostPort> addresses = Stream.of(ports.split(","))
                .map(port -> new HostPort("127.0.0.1", Integer.parseInt(port)))
                .toList();
        return switch (kind) {
            case "cluster" -> new Endpoint.ClusterEndpoint(addresses);
            case "sentinel" -> new Endpoint.SentinelEndpoint(addresses, "main", Credentials.NONE);
            default -> new Endpoint.ServerEndpoint(addresses.get(0));
        };
    }

    private static final class NoEvents implements TlsEvents {
        @Override
        public void kept(TlsException why) {
            throw new AssertionError(why);
        }

        @Override
        public void expired(Instant end) {
            throw new AssertionError(end);
        }
    }

    private static void use(JedisStore store) {
        EntryKey key = SPACE.key("1");
        NotedHearing heard = new NotedHearing(Duration.ofSeconds(10));
        store.hear(Set.of(SPACE.prefix() + ":"), heard);
        heard.awaitBeginning(1);

        expect(store.find(key, NANOS) == null && !store.contains(key, NANOS));
        fill(store, key);
        expect("one".equals(new String(store.find(key, NANOS), UTF_8)) && store.contains(key, NANOS));
        StoredEntry entry = store.findEntry(key, NANOS);
        expect(entry != null
                && entry.life().compareTo(LIFE) <= 0
                && !entry.life().isZero());
        heard.await(() -> heard.changed().contains(key.text()), "heard of the fill");

        for (Response<Boolean> response : store.steps(List.of(WriteStep.begin(key, "w1")), NANOS)) {
            response.get();
        }
        expect(acquired(store, key) == Verdict.FENCED);
        store.end(key, "w1", Outcome.COMMITTED, NANOS);
        expect(store.find(key, NANOS) == null);
        fill(store, key);
        store.beginAll(SPACE, "w2", NANOS);
        store.endAll(SPACE, "w2", Outcome.COMMITTED, NANOS);
        expect(store.find(key, NANOS) == null);
        expect(store.isCalm() && heard.endings() == 0);
    }

    private static void fill(JedisStore store, EntryKey key) {
        long end = System.nanoTime() + 4 * NANOS;
        while (acquired(store, key) != Verdict.LEASED) { // until the write has settled
            expect(System.nanoTime() < end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        expect(store.fill(key, "L1", new StoredEntry("one".getBytes(UTF_8), LIFE), NANOS));
    }

    private static Verdict acquired(JedisStore store, EntryKey key) {
        try {
            return store.acquire(key, new LeaseRequest("L1", SETTLE, LIFE, Duration.ofHours(1)), NANOS)
                    .verdict();
        } catch (StoreException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new AssertionError("The store does not do what its contract says.");
        }
    }
}
