package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one method that writes before it is called. Immutable.
 *
 * @param name how messages name it: {@code BookRepository.save(Book)}
 * @param evictions what it evicts
 * @param put what it puts; null if it only evicts
 * @param open what of both needs the result
 */
public record WriteMethod(
        String name, List<Eviction> evictions, @Nullable Put put, List<Eviction> open) {

    WriteMethod(String name, List<Eviction> evictions, @Nullable Put put) {
        this(
                name,
                List.copyOf(evictions),
                put,
                Stream.concat(evictions.stream(), Stream.ofNullable(put).map(Put::eviction))
                        .filter(Eviction::isOfResult)
                        .toList());
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
     * @param put the key that the result is put under, with the tags that do not need the result; null if there is none, or the
     *     key needs the result
     * @param putTags the tags of a put that do not need the result
     * @param open what it evicts or puts under keys that need the result
     */
    public record Announcement(
            List<Target> targets, @Nullable EntryKey put, List<EntryKey> putTags, List<Eviction> open) {}

    /**
     * What a call makes old.
     *
     * @throws IllegalArgumentException if something on the way to a key or a tag is null; then the write must not go on
     */
    public Announcement announcement(@Nullable Object[] arguments) {
        Set<Target> targets = new LinkedHashSet<>();
        evictions.stream()
                .filter(each -> !each.isOfResult())
                .forEach(eviction -> targets.add(eviction.target(arguments)));
        List<EntryKey> tags = put == null ? List.of() : put.tags(arguments);
        if (put == null || put.isKeyOfResult()) {
            return new Announcement(List.copyOf(targets), null, tags, open);
        }
        EntryKey key = ((EntryKey) put.eviction().target(arguments)).with(tags);
        targets.add(key);
        return new Announcement(List.copyOf(targets), key, tags, open);
    }

    @Override
    public String toString() {
        return name;
    }
}
