package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;

/** What could be wrong with the single flight; each fault has to be found, or nothing is proved by finding none. */
enum Fault {
    /** As it is built. */
    NONE,
    /** A load is closed when the store has accepted its value, not before. */
    CLOSES_LATE,
    /** Whatever was loaded is shared with those who came later, whether the store has accepted it or not. */
    REFUSED_IS_SHARED;

    Layer sharing(Duration longestLoad, Layer lease) {
        return switch (this) {
            case NONE -> new SingleFlightLayer(Settings.patient(longestLoad), () -> 0, new NotedEvents(), lease);
            case CLOSES_LATE -> new ClosesLate(longestLoad, lease);
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
    private static final class ClosesLate implements Layer {

        private final Layer lease;
        private final Layer sharing;

        @SuppressWarnings("ThreadLocalUsage") // lives as long as its test
        private final ThreadLocal<Boolean> current = new ThreadLocal<>();

        ClosesLate(Duration longestLoad, Layer lease) {
            this.lease = lease;
            this.sharing =
                    new SingleFlightLayer(Settings.patient(longestLoad), () -> 0, new NotedEvents(), new Loaded());
        }

        @Override
        public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
            return sharing.read(lookup.with(lookup.context(), () -> filled(lookup)));
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
