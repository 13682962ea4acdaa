package io.cachedconnection.consoletests;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests look up. */
@ApplicationScoped
public class Shelf {

    /** A book. */
    public record Book(String id, String title) {}

    private final AtomicInteger loads = new AtomicInteger();

    @CachedConnection(cache = "books", tags = "letter:{0}")
    public Book find(String id) {
        pause();
        loads.incrementAndGet();
        return new Book(id, "title of " + id);
    }

    @CachedConnection(cache = "near-books", ttl = "PT1M")
    public Book findNear(String id) {
        pause();
        return new Book(id, "title of " + id);
    }

    @EvictConnection(cache = "books")
    public void change(String id) {}

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int loads() {
        return loads.get();
    }
}
