package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.NotInKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository as users write them, which counts its loads. */
@ApplicationScoped
public class Books {

    /** What it holds. */
    public record Book(long id, String title, List<String> authors) {}

    /** Thrown as it is. */
    public static final class NoSuchShelf extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final AtomicInteger loads = new AtomicInteger();
    private final Map<Long, Book> inDatabase = new HashMap<>();

    public int loads() {
        return loads.get();
    }

    public void save(Book book) {
        inDatabase.put(book.id(), book);
    }

    @CachedConnection(cache = "books")
    public Optional<Book> find(Long id) {
        loads.incrementAndGet();
        return Optional.ofNullable(inDatabase.get(id));
    }

    @CachedConnection(cache = "titles", key = "{locale}:{id}")
    public String title(long id, String locale) {
        loads.incrementAndGet();
        return inDatabase.get(id).title();
    }

    @CachedConnection(cache = "counts", key = "all")
    public int count() {
        loads.incrementAndGet();
        return inDatabase.size();
    }

    @CachedConnection(cache = "lists", ttl = "10")
    public List<Book> onShelf(@CacheKey int shelf, @NotInKey Locale locale) throws NoSuchShelf {
        loads.incrementAndGet();
        if (shelf < 0) {
            throw new NoSuchShelf();
        }
        return List.copyOf(inDatabase.values());
    }
}
