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
 * The static description of one method that writes. Immutable.
 *
 * @param name its name in messages: {@code BookRepository.save(Book)}
 * @param evictions its evictions
 * @param put its put; null if it only evicts
 * @param open those of its evictions and put that need the result
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
     * The targets of a call, as far as they are known before it.
     *
     * @param targets all known targets
     * @param put the key of the put, with the tags that do not need the result; null if there is none, or the key needs the
     *     result
     * @param putTags the tags of the put that do not need the result
     * @param open evictions and puts under keys that need the result
     */
    public record Announcement(
            List<Target> targets, @Nullable EntryKey put, List<EntryKey> putTags, List<Eviction> open) {}

    /**
     * Returns the targets of a call.
     *
     * @throws IllegalArgumentException if a value on the way to a key or tag is null; the write must not proceed
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
