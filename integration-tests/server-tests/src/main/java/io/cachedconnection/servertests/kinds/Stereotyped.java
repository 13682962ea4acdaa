package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import java.util.UUID;

/** Repositories whose scope, or more, is said by a stereotype. */
public final class Stereotyped {

    private Stereotyped() {}

    /** The stereotype says the scope. */
    @Repository
    public static class Scope {

        @CachedConnection(cache = "with-stereotype")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "with-stereotype")
        public void save(int id) {}
    }

    /** The stereotype says also that lookups are cached. */
    @CachedRepository
    public static class Lookups {

        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "by-stereotype")
        public void save(int id) {}
    }
}
