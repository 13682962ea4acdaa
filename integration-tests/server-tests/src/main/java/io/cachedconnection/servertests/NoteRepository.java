package io.cachedconnection.servertests;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Notes as entities: what is looked up, and what is put under their keys, is what the persistence context manages. */
@ApplicationScoped
public class NoteRepository {

    @PersistenceContext
    private EntityManager entities;

    @CachedConnection(cache = "notes")
    @Transactional
    public Optional<Note> find(long id) {
        return Optional.ofNullable(entities.find(Note.class, id));
    }

    @EvictConnection(cache = "notes")
    @Transactional
    public void add(@CacheKey long id, String content) {
        entities.persist(new Note(id, content));
    }

    @PutConnection(cache = "notes")
    @Transactional
    public Note change(@CacheKey long id, String content) {
        Note note = entities.find(Note.class, id);
        note.setContent(content);
        return note;
    }

    /** Merges a note that may be detached. */
    @EvictConnection(cache = "notes", key = "{note.id}")
    @Transactional
    public void merge(Note note) {
        entities.merge(note);
    }

    /** The content in the database, past both caches. */
    @Transactional
    public String content(long id) {
        return (String) entities.createNativeQuery("select CONTENT from NOTE where ID = ?1")
                .setParameter(1, id)
                .getSingleResult();
    }

    /** How many tags the database has, likewise. */
    @Transactional
    public long tags(long id) {
        Object tags = entities.createNativeQuery("select count(*) from NOTE_TAG where NOTE_ID = ?1")
                .setParameter(1, id)
                .getSingleResult();
        return ((Number) tags).longValue();
    }

    /** The version in the database, past both caches. */
    @Transactional
    public long version(long id) {
        Object version = entities.createNativeQuery("select VERSION from NOTE where ID = ?1")
                .setParameter(1, id)
                .getSingleResult();
        return ((Number) version).longValue();
    }
}
