package shop;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for a repository with a database, which takes its time. */
@ApplicationScoped
public class Books {

    public record Book(long id, String title, Instant loadedAt) {}

    private final Map<Long, String> table = new ConcurrentHashMap<>(Map.of(1L, "Middlemarch"));

    @CachedConnection(cache = "books", ttl = "PT10M")
    public Optional<Book> find(long id) {
        pause();
        return Optional.ofNullable(table.get(id)).map(title -> new Book(id, title, Instant.now()));
    }

    @EvictConnection(cache = "books")
    public void rename(@CacheKey long id, String title) {
        table.put(id, title);
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
