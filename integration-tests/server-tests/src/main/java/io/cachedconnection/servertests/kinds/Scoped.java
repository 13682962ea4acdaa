package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.util.UUID;

/** Repositories of all scopes. */
public final class Scoped {

    private Scoped() {}

    /** One for each request; with a name, as pages use it. */
    @Named
    @RequestScoped
    public static class OfRequest {

        @CachedConnection(cache = "of-request")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "of-request")
        public void save(int id) {}
    }

    /** One for each session. */
    @SessionScoped
    public static class OfSession implements Serializable {

        private static final long serialVersionUID = 1L;

        @CachedConnection(cache = "of-session")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "of-session")
        public void save(int id) {}
    }

    /** One for the application. */
    @ApplicationScoped
    public static class OfApplication {

        @CachedConnection(cache = "of-application")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "of-application")
        public void save(int id) {}
    }

    /** One for each place of injection. */
    @Dependent
    public static class OfItsOwner {

        @CachedConnection(cache = "of-its-owner")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "of-its-owner")
        public void save(int id) {}
    }

    /** One for the application, without a proxy. Found although its scope is no bean-defining annotation. */
    @Singleton
    @Repository
    public static class Single {

        @CachedConnection(cache = "single")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "single")
        public void save(int id) {}
    }
}
