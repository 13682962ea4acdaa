package io.cachedconnection.benchmarks;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is asked for a near hit; the settings of the caches say that they are kept near. */
@ApplicationScoped
public class NearRepository {

    static final String STATEMENTS = "statements";
    static final String CONNECTIONS = "near-connections";
    static final String PAGES = "statement-pages";
    static final String ACCOUNTS = "near-accounts";
    static final List<String> CACHES = List.of(STATEMENTS, CONNECTIONS, PAGES, ACCOUNTS);
    static final Statement STATEMENT = Statement.of((Account) Value.RECORD.sample());

    private static final String LONG = "PT24H";

    /** Shared by all callers. */
    @CachedConnection(cache = STATEMENTS, ttl = LONG)
    public Statement statement(UUID id) {
        return STATEMENT;
    }

    /** Shared, in an {@code Optional} of the caller's own. */
    @CachedConnection(cache = CONNECTIONS, ttl = LONG)
    public Optional<ProviderConnection> connection(UUID id) {
        return Optional.of((ProviderConnection) Value.CONNECTION.sample());
    }

    /** Shared, with a key of two parts. */
    @CachedConnection(cache = PAGES, ttl = LONG)
    public Statement page(UUID id, Integer page) {
        return STATEMENT;
    }

    /** Decoded anew for each caller, who might change the list in it. */
    @CachedConnection(cache = ACCOUNTS, ttl = LONG)
    public Account account(UUID id) {
        return (Account) Value.RECORD.sample();
    }

    /** What an interceptor alone costs. */
    @Constant public String constant(UUID id) {
        return "loaded";
    }

    /** What an interceptor costs that asks Caffeine. */
    @Kept
    public Statement kept(UUID id) {
        return STATEMENT;
    }

    /** The same, with a key of two parts. */
    @Kept
    public Statement keptPage(UUID id, Integer page) {
        return STATEMENT;
    }
}
