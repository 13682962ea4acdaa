package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.StoredEntry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;

/** A remote store that has the same bytes under every key, which never change, and knows nothing else. */
final class FullStore {

    private static final Duration LIFE = Duration.ofDays(1);

    private FullStore() {}

    static RemoteStore of(byte[] payload) {
        Class<RemoteStore> type = RemoteStore.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> payload.clone();
                    case "findEntry" -> new StoredEntry(payload.clone(), LIFE);
                    case "hear" -> began((Set<?>) arguments[0], (InvalidationListener) arguments[1]);
                    case "isAnswering", "isCalm" -> true;
                    case "revive" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static Object began(Set<?> prefixes, InvalidationListener invalidationListener) {
        invalidationListener.began(
                Set.copyOf(prefixes.stream().map(Object::toString).toList()), System.nanoTime());
        return null;
    }
}
