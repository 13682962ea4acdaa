package io.cachedconnection.benchmarks;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** One lookup, in caches whose values stand in Redis in different ways. */
@ApplicationScoped
public class WireRepository {

    static final String BARE = "wire-bare";
    static final String ENVELOPE = "wire-envelope";
    static final String ENCRYPTED = "wire-encrypted";
    static final String PRIVATE = "wire-private";

    private static final ProviderConnection ROW = (ProviderConnection) Value.CONNECTION.sample();

    @CachedConnection(cache = BARE)
    public ProviderConnection bare(UUID id) {
        return ROW;
    }

    @CachedConnection(cache = ENVELOPE)
    public ProviderConnection inEnvelope(UUID id) {
        return ROW;
    }

    @CachedConnection(cache = ENCRYPTED)
    public ProviderConnection encrypted(UUID id) {
        return ROW;
    }

    @CachedConnection(cache = PRIVATE)
    public ProviderConnection underPrivateKey(UUID id) {
        return ROW;
    }
}
