package io.cachedconnection.benchmarks;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;

/** What is asked for a hit, a miss and a write. */
@ApplicationScoped
public class Repository {

    static final String LOADED = "loaded";
    static final String SMALL = "small";
    static final Object ROW = Value.RECORD.sample();
    static final Item ITEM = new Item(1, "Item number 1", BigDecimal.valueOf(1001, 2), true);
    static final long LIFE_MILLIS = 10_000;

    @CachedConnection
    public ProviderConnection connection(UUID id) {
        throw notAHit();
    }

    @CachedConnection(cache = "accounts")
    public Account account(UUID id) {
        throw notAHit();
    }

    @CachedConnection(cache = LOADED, ttl = "PT10S")
    public Account loaded(UUID id) {
        return (Account) ROW;
    }

    @CachedConnection(cache = SMALL, ttl = "PT10S")
    public Item small(UUID id) {
        return ITEM;
    }

    @EvictConnection(cache = LOADED)
    public void written(UUID id) {}

    /** What an interceptor alone costs. */
    @Constant public String constant(UUID id) {
        throw notAHit();
    }

    private static IllegalStateException notAHit() {
        return new IllegalStateException("The lookup was not answered from Redis, so there is nothing to measure.");
    }
}
