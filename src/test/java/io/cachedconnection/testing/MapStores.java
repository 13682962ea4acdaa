package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.near.NearStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Makes maps that are bounded in the simplest way: one that is full takes nothing new. Held to the contract of Caffeine's. */
public final class MapStores implements NearStore.Maker {

    @Override
    public <E> NearStore<E> holding(long entries) {
        return new MapStore<>(entries);
    }

    private static final class MapStore<E> implements NearStore<E> {

        private final Map<Object, E> map = new ConcurrentHashMap<>();
        private volatile long most;

        MapStore(long most) {
            this.most = most;
        }

        @Override
        public E find(Object name) {
            return map.get(name);
        }

        @Override
        public void put(Object name, E entry) {
            if (map.size() < most || map.containsKey(name)) {
                map.put(name, entry);
            }
        }

        @Override
        public void limit(long entries) {
            most = entries;
            map.keySet().stream().skip(entries).toList().forEach(map::remove);
        }

        @Override
        public long size() {
            return map.size();
        }

        @Override
        public void removeIf(Predicate<E> doomed) {
            map.values().removeIf(doomed);
        }
    }
}
