package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A repository that writes as users do. */
@ApplicationScoped
public class Shelf {

    /** What it holds. */
    public record Volume(Long id, String title) {

        /** As a lazy property does when its session is closed. */
        public Long lazyId() {
            if (title.startsWith("lazy")) {
                throw new IllegalStateException(title);
            }
            return id;
        }
    }

    private final Map<Long, Volume> rows = new ConcurrentHashMap<>();
    private int writes;

    public int writes() {
        return writes;
    }

    /** A change that nobody tells the cache of. */
    public void change(long id, String title) {
        rows.put(id, new Volume(id, title));
        writes++;
    }

    @CachedConnection(cache = "volumes")
    public Optional<Volume> find(long id) {
        return Optional.ofNullable(rows.get(id));
    }

    @CachedConnection(cache = "volume-titles", key = "{language}:{id}")
    public String title(String language, long id) {
        return rows.get(id).title() + " (" + language + ")";
    }

    @EvictConnection(cache = "volumes", key = "{volume.id}")
    public void save(Volume volume) {
        change(volume.id(), volume.title());
    }

    @EvictConnection(cache = "volumes")
    @EvictConnection(cache = "volume-titles", all = true)
    public void rename(@CacheKey Long id, String title) {
        change(id, title);
    }

    @EvictConnection(cache = "volumes")
    public void fail(long id) throws IOException {
        change(id, "perhaps");
        throw new IOException("of the method");
    }

    @PutConnection(cache = "volumes", ttl = "7")
    public Volume store(@CacheKey long id, String title) {
        change(id, title);
        return rows.get(id);
    }

    @PutConnection(cache = "volumes", key = "{result.lazyId}")
    public Volume store(Volume volume) {
        change(volume.id(), volume.title());
        return volume;
    }

    @EvictConnection(cache = "volumes", key = "{result.id}")
    @EvictConnection(cache = "volume-titles", key = "pl:{result.lazyId}")
    public Optional<Volume> touch(long id, String title) {
        change(id, title);
        return title.isEmpty() ? Optional.empty() : Optional.of(new Volume(id, title));
    }

    @PutConnection(cache = "volumes", key = "{result.id}")
    @EvictConnection(cache = "volume-titles", key = "{1}:{0}")
    public Optional<Volume> add(long id, String title) {
        if (title.isEmpty()) {
            return Optional.empty();
        }
        if (title.equals("fail")) {
            change(id, title);
            throw new IllegalStateException("of the method");
        }
        change(id, title);
        return Optional.of(new Volume(title.equals("nameless") ? null : id, title));
    }
}
