package io.cachedconnection.se;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The repository of the application, in memory. */
@ApplicationScoped
public class Notes extends Lookups<Notes.Note, Long> {

    /** What it holds. */
    public record Note(long id, String text) {}

    private final Map<Long, Note> rows = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    /** How often it was asked for something. */
    public int loads() {
        return loads.get();
    }

    /** Changes what it holds behind the cache's back. */
    public void change(Note note) {
        rows.put(note.id(), note);
    }

    @Override
    @Nullable Note load(Long id) {
        loads.incrementAndGet();
        return rows.get(id);
    }

    @CachedConnection(cache = "titles", key = "title:{id}")
    public Optional<String> title(long id) {
        return Optional.ofNullable(load(id)).map(Note::text);
    }

    @EvictConnection(cache = "notes", key = "{note.id}")
    @EvictConnection(cache = "titles", all = true)
    public void save(Note note) {
        rows.put(note.id(), note);
    }

    @PutConnection(cache = "notes", key = "{id}")
    public Note write(long id, String text) {
        Note note = new Note(id, text);
        rows.put(id, note);
        return note;
    }
}
