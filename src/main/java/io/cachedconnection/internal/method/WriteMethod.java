package io.cachedconnection.internal.method;

import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is known of one method that writes before it is called. Immutable. */
public final class WriteMethod {

    private final String name;
    private final List<Eviction> evictions;
    private final @Nullable Put put;
    private final List<Eviction> open;

    WriteMethod(String name, List<Eviction> evictions, @Nullable Put put) {
        this.name = name;
        this.evictions = List.copyOf(evictions);
        this.put = put;
        this.open = Stream.concat(evictions.stream(), Stream.ofNullable(put).map(Put::eviction))
                .filter(Eviction::isOfResult)
                .toList();
    }

    WriteMethod bound(Function<String, KeySpace> keySpaces) {
        return new WriteMethod(
                name,
                evictions.stream().map(each -> each.bound(keySpaces)).toList(),
                put == null ? null : put.bound(keySpaces));
    }

    /**
     * What a call makes old, as far as that is known before it.
     *
     * @param targets all of it
     * @param put the key that the result is put under; null if there is none, or it needs the result
     * @param open what it evicts or puts under keys that need the result
     */
    public record Announcement(
            List<Target> targets, @Nullable EntryKey put, List<Eviction> open) {}

    /** How messages name it: {@code BookRepository.save(Book)}. */
    public String name() {
        return name;
    }

    /** What it puts; null if it only evicts. */
    public @Nullable Put put() {
        return put;
    }

    /**
     * What a call makes old.
     *
     * @throws IllegalArgumentException if something on the way to a key is null; then the write must not go on
     */
    public Announcement announcement(@Nullable Object[] arguments) {
        Set<Target> targets = new LinkedHashSet<>();
        evictions.stream()
                .filter(each -> !each.isOfResult())
                .forEach(eviction -> targets.add(eviction.target(arguments)));
        if (put == null || put.isKeyOfResult()) {
            return new Announcement(List.copyOf(targets), null, open);
        }
        EntryKey key = (EntryKey) put.eviction().target(arguments);
        targets.add(key);
        return new Announcement(List.copyOf(targets), key, open);
    }

    @Override
    public String toString() {
        return name;
    }

    List<Eviction> evictions() {
        return evictions;
    }
}
