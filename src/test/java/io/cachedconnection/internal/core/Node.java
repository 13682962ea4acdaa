package io.cachedconnection.internal.core;

import io.cachedconnection.testing.FakeTransactions;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One node of a cluster in a test: an engine of its own over a store that it may share with others. */
final class Node {

    static final CacheKey KEY = KeySpace.of("c", "").key("1");

    final FakeTransactions transactions;
    final NotedEvents events = new NotedEvents();
    final AtomicInteger loads = new AtomicInteger();
    final Cache cache = new Cache("c", Settings::cache, new CacheCounters());
    final Plan<String> plan = new Plan<>(cache, new TextCodec(), TtlChoice.annotated(null));
    final Engine engine;

    Node(RemoteStore store, FakeTime time, Protocol protocol) {
        transactions = new FakeTransactions(time);
        Ports ports = new Ports(store, events, transactions, time, () -> 0, new Tokens()::next, length -> {
            time.pass(Duration.ofNanos(length));
            return true;
        });
        engine = new Engine(ports, protocol);
    }

    String read(Loader<String> loader) throws Exception {
        return engine.read(plan, KEY, () -> {
                    loads.incrementAndGet();
                    return loader.load();
                })
                .value();
    }

    void write(Runnable work) throws Exception {
        engine.write(List.of(KEY), changes -> {
            work.run();
            return null;
        });
    }
}
