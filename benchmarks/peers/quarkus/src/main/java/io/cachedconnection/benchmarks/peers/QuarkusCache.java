package io.cachedconnection.benchmarks.peers;

import io.quarkus.cache.CacheInvalidate;
import io.quarkus.cache.CacheResult;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;

/** Quarkus Cache on Redis, in a packaged application. */
@QuarkusMain
public class QuarkusCache implements QuarkusApplication, Peer {

    @Inject
    Accounts accounts;

    public static void main(String[] arguments) throws IOException {
        Worker.openProxy(); // Quarkus reads the address before it runs this
        Quarkus.run(QuarkusCache.class, arguments);
    }

    @Override
    public int run(String... arguments) throws Exception {
        Worker.serve(() -> this);
        return 0;
    }

    /** The repository. */
    @ApplicationScoped
    public static class Accounts {

        @CacheResult(cacheName = "accounts")
        public Account find(UUID id) {
            return Database.load(id);
        }

        @CacheInvalidate(cacheName = "accounts")
        public int update(UUID id) {
            return Database.write(id);
        }
    }

    @Override
    public Account find(UUID id) {
        return accounts.find(id);
    }

    @Override
    public int update(UUID id) {
        return accounts.update(id);
    }
}
