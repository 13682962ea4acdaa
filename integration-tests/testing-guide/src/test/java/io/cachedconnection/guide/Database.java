package io.cachedconnection.guide;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for the database of an application. A test can hold up what is on its way from it. */
@ApplicationScoped
public class Database {

    private final Map<Long, String> owners = new ConcurrentHashMap<>(Map.of(7L, "Ada"));
    private final AtomicInteger queries = new AtomicInteger();
    private volatile Runnable gate = () -> {};

    /** From now on a reader that has read goes through {@code passage} before it returns. */
    public void gate(Runnable passage) {
        gate = passage;
    }

    /** How often it was read. */
    public int queries() {
        return queries.get();
    }

    /** The owner of an account. */
    public String owner(long id) {
        queries.incrementAndGet();
        String owner = owners.getOrDefault(id, "unknown");
        gate.run();
        return owner;
    }

    /** Commits another owner. */
    public void update(long id, String owner) {
        owners.put(id, owner);
    }
}
