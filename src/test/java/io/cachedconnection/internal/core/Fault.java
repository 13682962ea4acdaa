package io.cachedconnection.internal.core;

import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;

/** What could be wrong with the sharing of loads; each fault has to be found, or nothing is proved by finding none. */
enum Fault {
    /** As it is built. */
    NONE,
    /** The doors of a flight close when the store has accepted its value, not before. */
    DOORS_CLOSE_LATE,
    /** Whatever was loaded is shared with those who came later, whether the store has accepted it or not. */
    REFUSED_IS_SHARED;

    Layer sharing(Duration longestLoad, Layer lease) {
        return switch (this) {
            case NONE -> new SingleFlightLayer(Settings.patient(longestLoad), () -> 0, new NotedEvents(), lease);
            case DOORS_CLOSE_LATE -> new LateDoors(longestLoad, lease);
            case REFUSED_IS_SHARED ->
                new SingleFlightLayer(Settings.patient(longestLoad), () -> 0, new NotedEvents(), new Vouching(lease));
        };
    }

    /** Vouches for everything. */
    private record Vouching(Layer next) implements Layer {

        @Override
        public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
            return next.read(lookup).accepted();
        }
    }

    /** Has the whole lease, its fill included, take place where the sharing expects the load alone. */
    private static final class LateDoors implements Layer {

        private final Layer lease;
        private final Layer sharing;

        @SuppressWarnings("ThreadLocalUsage") // lives as long as its test
        private final ThreadLocal<Boolean> current = new ThreadLocal<>();

        LateDoors(Duration longestLoad, Layer lease) {
            this.lease = lease;
            this.sharing =
                    new SingleFlightLayer(Settings.patient(longestLoad), () -> 0, new NotedEvents(), new Loaded());
        }

        @Override
        public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
            return sharing.read(
                    ScriptedLookup.by(lookup.reader(), Lookup.of(lookup.plan(), lookup.key(), () -> filled(lookup))));
        }

        private <V> V filled(Lookup<V> lookup) throws Exception {
            LookupResult<V> result = lease.read(lookup);
            current.set(result.current());
            return result.value();
        }

        private final class Loaded implements Layer {
            @Override
            public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
                LookupResult<V> result = LookupResult.loaded(lookup.load());
                return current.get() ? result.accepted() : result;
            }
        }
    }
}
