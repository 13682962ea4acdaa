package io.cachedconnection.sample;

import jakarta.enterprise.context.RequestScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to this request came from, the database if a repository method's body ran and its result was returned,
 * else Redis; and how long the lookup took.
 */
@RequestScoped
public class AnswerSource {

    private static final double NANOS_PER_MILLISECOND = 1_000_000;

    private boolean database; // one request, one thread
    private @Nullable Object loaded;
    private long nanos = -1;

    public void markDatabase() {
        database = true;
    }

    /** Keeps the connection that a method's body returns, because verification runs the body of a hit, too. */
    public void markLoaded(@Nullable Object connection) {
        loaded = connection;
    }

    /** Makes a lookup, and keeps how long it took, also if it threw. */
    public <T> T timed(Supplier<T> lookup) {
        long begin = System.nanoTime();
        try {
            T answer = lookup.get();
            boolean isAnother = answer instanceof Optional<?> found && found.orElse(null) != loaded;
            database = database && !isAnother;
            return answer;
        } finally {
            nanos = System.nanoTime() - begin;
        }
    }

    /** The lookup's milliseconds as {@code Server-Timing} has them; empty if there was no lookup. */
    public Optional<String> timing() {
        return nanos < 0
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "lookup;dur=%.3f", nanos / NANOS_PER_MILLISECOND));
    }

    @Override
    public String toString() {
        return database ? "database" : "redis";
    }
}
