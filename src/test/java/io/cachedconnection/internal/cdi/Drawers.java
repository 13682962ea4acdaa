package io.cachedconnection.internal.cdi;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.SharedValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository with values of every kind that a caller could change, and of some that none can. */
@ApplicationScoped
@SuppressWarnings("JavaUtilDate") // because it can be changed
class Drawers {

    /** A class with a setter. */
    public static class Note {
        private String text = "";
        private List<Note> replies = new ArrayList<>();

        public Note() {}

        Note(String text, Note... replies) {
            this.text = text;
            this.replies.addAll(Arrays.asList(replies));
        }

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        public List<Note> getReplies() {
            return replies;
        }

        public void setReplies(List<Note> replies) {
            this.replies = replies;
        }
    }

    /** A record that cannot be changed, around what can. */
    @SuppressWarnings("ArrayRecordComponent") // that is what it is about
    public record Parcel(String name, byte[] content, int[] sizes, Date sent, Map<String, List<Note>> notes) {}

    /** A record in which nothing can be changed. */
    public record Stamp(String motif, Optional<Integer> cents) {}

    /** A record that says that nothing in it is changed. */
    @SharedValue
    public record Album(String title, List<Stamp> stamps) {
        public Album {
            stamps = List.copyOf(stamps);
        }
    }

    @CachedConnection(cache = "notes")
    public Note note(long id) {
        return new Note("first", new Note("second", new Note("third")));
    }

    @CachedConnection(cache = "lists")
    public List<Note> list(long id) {
        return List.of(new Note("first"), new Note("second"));
    }

    @CachedConnection(cache = "maps")
    public Map<String, List<String>> map(long id) {
        return Map.of("a", List.of("1", "2"));
    }

    @CachedConnection(cache = "sets")
    public Set<String> set(long id) {
        return Set.of("a");
    }

    @CachedConnection(cache = "arrays")
    public String[][] array(long id) {
        return new String[][] {{"a", "b"}, {"c"}};
    }

    @CachedConnection(cache = "bytes")
    public byte[] bytes(long id) {
        return new byte[] {1, 2, 3};
    }

    @CachedConnection(cache = "parcels")
    public Optional<Parcel> parcel(long id) {
        Map<String, List<Note>> notes = new HashMap<>();
        notes.put("n", List.of(new Note("first")));
        return Optional.of(new Parcel("p", new byte[] {1, 2}, new int[] {3, 4}, new Date(0), notes));
    }

    @CachedConnection(cache = "stamps")
    public Optional<Stamp> stamp(long id) {
        return Optional.of(new Stamp("a bird", Optional.of(80)));
    }

    @CachedConnection(cache = "albums", key = "{shelf}:{place}")
    public Album album(String shelf, int place) {
        return new Album(shelf + place, List.of(new Stamp("a bird", Optional.empty())));
    }

    @EvictConnection(cache = "stamps", key = "{id}")
    public void tear(long id) {
        // the cache is what matters
    }
}
