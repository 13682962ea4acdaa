package io.cachedconnection.servertests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.sample.ConnectionRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections that have an old alias and get a new one, as the caller's transaction, others and Redis see them. */
@ApplicationScoped
public class Aliases {

    static final String OLD = "the old alias";
    static final String NEW = "the new alias";

    @Inject
    private ConnectionRepository repository;

    @Inject
    private OtherThread otherThread;

    @Inject
    private RedisProbe redis;

    /** A connection with the old alias in the database only. */
    public UUID added() {
        ProviderConnection connection = old(UUID.randomUUID());
        repository.add(connection);
        return connection.id();
    }

    /** A connection with the old alias in the database and in Redis. */
    public UUID cached() {
        UUID id = added();
        repository.findById(id);
        assertThat(redis.entry(id)).contains(OLD);
        return id;
    }

    /** A connection with the old alias, nowhere yet. */
    public static ProviderConnection old(UUID id) {
        return ProviderConnection.pending(id, UUID.randomUUID(), UUID.randomUUID(), "schwab", now())
                .rename(OLD, now());
    }

    /** The same connection with the new alias. */
    public static ProviderConnection renamed(ProviderConnection connection) {
        return connection.rename(NEW, now());
    }

    public void rename(UUID id) {
        assertThat(repository.change(id, Aliases::renamed)).isPresent();
    }

    /** What a lookup in the caller's transaction gives. */
    public @Nullable String seenHere(UUID id) {
        return alias(repository.findById(id));
    }

    /** What a lookup outside any transaction gives. */
    public @Nullable String seenElsewhere(UUID id) throws Exception {
        return alias(otherThread.lookUp(id).get(30, SECONDS));
    }

    public void assertThatUntouched(UUID id) throws Exception {
        assertThat(redis.entry(id)).contains(OLD); // first, for a lookup would put it back
        assertThat(seenElsewhere(id)).isEqualTo(OLD);
    }

    /** A rollback evicts what it undoes, too, for the cache cannot know what it does not undo. */
    public void assertThatUndone(UUID id) throws Exception {
        assertThat(redis.entry(id)).isNull();
        assertThat(seenElsewhere(id)).isEqualTo(OLD);
        assertThat(redis.entry(id)).contains(OLD);
    }

    public void assertThatEvicted(UUID id) throws Exception {
        assertThat(redis.entry(id)).isNull();
        assertThat(seenElsewhere(id)).isEqualTo(NEW);
        assertThat(redis.entry(id)).contains(NEW);
    }

    private static @Nullable String alias(Optional<ProviderConnection> found) {
        return found.orElseThrow().alias();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
