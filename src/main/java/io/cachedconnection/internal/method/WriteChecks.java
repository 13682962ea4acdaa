package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.message.MethodMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of what writes evict and put with what lookups look up: a write that no lookup can notice is a mistake.
 *
 * @param lookups the lookups of each cache
 * @param unread the caches with more lookups, of which too much is wrong to know their keys
 */
record WriteChecks(Map<String, List<CachedMethod>> lookups, Set<String> unread) {

    static WriteChecks of(Stream<CachedMethod> lookups, Set<String> unread) {
        return new WriteChecks(
                lookups.collect(Collectors.groupingBy(CachedMethod::cache, TreeMap::new, Collectors.toList())), unread);
    }

    /** A message for each eviction and put of {@code write} that fits no lookup. */
    List<String> problems(WriteMethod write) {
        Put put = write.put();
        Stream<Eviction> ofPut = put == null ? Stream.of() : Stream.of(put.eviction());
        Stream<String> unseen = Stream.concat(write.evictions().stream(), ofPut)
                .flatMap(eviction -> unseen(write, eviction.space(), eviction.key()));
        return Stream.concat(unseen, put == null ? Stream.of() : otherType(write, put))
                .distinct()
                .toList();
    }

    private List<CachedMethod> lookups(KeySpace space) {
        return lookups.getOrDefault(space.cache(), List.of());
    }

    private Stream<String> unseen(WriteMethod write, KeySpace space, @Nullable KeyText key) {
        if (unread.contains(space.cache())) {
            return Stream.of();
        }
        List<CachedMethod> candidates = lookups(space);
        if (candidates.isEmpty()) {
            return Stream.of(
                    MethodMessage.UNKNOWN_CACHE.with(write, space.cache(), String.join(", ", lookups.keySet())));
        }
        if (key == null) {
            return Stream.of();
        }
        // A lookup that has the key is not enough if another method may have kept an entry by another spelling of it.
        List<CachedMethod> confused = candidates.stream()
                .filter(lookup -> !lookup.isProgrammatic() && key.isConfusedWith(lookup.keyText()))
                .toList();
        boolean fits = candidates.stream().anyMatch(lookup -> key.means(lookup.keyText()));
        if (fits && confused.isEmpty()) {
            return Stream.of();
        }
        String keys = (fits ? confused : candidates)
                .stream().map(lookup -> lookup + " has " + lookup.keyText()).collect(Collectors.joining(", "));
        return Stream.of(MethodMessage.OTHER_KEY.with(write, key, space.cache(), keys));
    }

    private Stream<String> otherType(WriteMethod write, Put put) {
        return lookups(put.space()).stream()
                .limit(1) // they all keep the same type, or else that is a problem of its own
                .filter(lookup -> !lookup.valueType().equals(put.valueType()))
                .map(lookup -> MethodMessage.OTHER_RESULT.with(
                        write,
                        put.valueType().getTypeName(),
                        lookup.cache(),
                        lookup.valueType().getTypeName(),
                        lookup));
    }
}
