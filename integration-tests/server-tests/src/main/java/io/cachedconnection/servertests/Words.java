package io.cachedconnection.servertests;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Words in memory: a repository without a database, so that whatever is left behind is not the database's. */
@ApplicationScoped
public class Words {

    private final Map<Integer, String> words = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    @Inject
    private InTransaction transaction;

    /** The word, perhaps from Redis. */
    @CachedConnection(cache = "words")
    public @Nullable String find(int id) {
        loads.incrementAndGet();
        return words.get(id);
    }

    /** Writes a word: what Redis has of it is evicted. */
    @Transactional
    @EvictConnection(cache = "words")
    public void save(@CacheKey int id, String word) {
        words.put(id, word);
    }

    /** Writes a word, and puts it into Redis. */
    @Transactional
    @PutConnection(cache = "words")
    public String replace(@CacheKey int id, String word) {
        words.put(id, word);
        return word;
    }

    /** Writes nothing: the eviction is taken back with its transaction. */
    @Transactional
    @EvictConnection(cache = "words")
    public void saveInVain(@CacheKey int id) {
        transaction.markRollbackOnly();
    }

    /** How often a word was really looked up. */
    public int loads() {
        return loads.get();
    }
}
