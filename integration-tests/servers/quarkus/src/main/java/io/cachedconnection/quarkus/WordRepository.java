package io.cachedconnection.quarkus;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Words in the database. */
@ApplicationScoped
public class WordRepository {

    private final AtomicInteger loads = new AtomicInteger();

    @Inject
    EntityManager entities;

    @CachedConnection(cache = "words")
    @Transactional
    public Optional<Word> find(long id) {
        loads.incrementAndGet();
        return Optional.ofNullable(entities.find(WordRow.class, id)).map(WordRow::word);
    }

    @EvictConnection(cache = "words")
    @Transactional
    public void save(@CacheKey long id, String text) {
        WordRow row = entities.find(WordRow.class, id);
        if (row == null) {
            entities.persist(new WordRow(id, text));
        } else {
            row.become(text);
        }
    }

    /** Adds a word of an {@code id} that has never been looked up. */
    @Transactional
    public void add(long id, String text) {
        entities.persist(new WordRow(id, text));
    }

    @PutConnection(cache = "words")
    @Transactional
    public Word replace(@CacheKey long id, String text) {
        WordRow row = entities.find(WordRow.class, id);
        row.become(text);
        entities.flush(); // else the commit counts the version up, and the word has the old one
        return row.word();
    }

    @CachedConnection(cache = "spellings")
    public Spelling spelling(long id) {
        loads.incrementAndGet();
        return new Spelling("w-o-r-d-" + id);
    }

    /** How often a word was really looked up. */
    public int loads() {
        return loads.get();
    }
}
