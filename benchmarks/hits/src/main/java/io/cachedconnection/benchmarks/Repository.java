package io.cachedconnection.benchmarks;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A repository that is never asked: every lookup is a hit, or the benchmark fails. */
@ApplicationScoped
public class Repository {

    @CachedConnection
    public ProviderConnection connection(UUID id) {
        throw notAHit();
    }

    @CachedConnection(cache = "accounts")
    public Account account(UUID id) {
        throw notAHit();
    }

    /** What an interceptor alone costs. */
    @Constant public String constant(UUID id) {
        throw notAHit();
    }

    private static IllegalStateException notAHit() {
        return new IllegalStateException("The lookup was not answered from Redis, so there is nothing to measure.");
    }
}
