package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.message.MethodMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the evictions and puts of writes with the lookups: a write that no lookup can notice is a mistake.
 *
 * @param lookups the lookups of each cache
 * @param unread the caches with further lookups whose keys are unknown because of problems
 */
record WriteChecks(Map<String, List<CachedMethod>> lookups, Set<String> unread, List<Tagged> tagged) {

    /** A tag of a lookup or put, and the name of that in messages. */
    record Tagged(String by, KeyText tag) {}

    static WriteChecks of(List<CachedMethod> lookups, Set<String> unread, List<WriteMethod> writes) {
        Stream<Tagged> ofLookups =
                lookups.stream().flatMap(lookup -> lookup.tags().stream().map(tag -> new Tagged(lookup.name(), tag)));
        Stream<Tagged> ofPuts = writes.stream()
                .map(WriteMethod::put)
                .filter(Objects::nonNull)
                .flatMap(put -> put.tags().stream().map(tag -> new Tagged(put.name(), tag)));
        return new WriteChecks(
                lookups.stream().collect(Collectors.groupingBy(CachedMethod::cache, TreeMap::new, Collectors.toList())),
                unread,
                Stream.concat(ofLookups, ofPuts).toList());
    }

    /** Returns a message for each tag that no annotation of {@code writes} can evict. */
    List<String> neverEvicted(List<WriteMethod> writes) {
        List<KeyText> evicted = writes.stream()
                .flatMap(write -> write.evictions().stream())
                .filter(Eviction::isOfTag)
                .map(Eviction::key)
                .filter(Objects::nonNull)
                .toList();
        return tagged.stream()
                .filter(each -> evicted.stream().noneMatch(tag -> tag.means(each.tag())))
                .map(each -> MethodMessage.TAG_NEVER_EVICTED.with(each.by(), each.tag()))
                .toList();
    }

    /** Returns a message for each eviction and put of {@code write} that fits no lookup. */
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
        if (space.isOfTags() && key != null) {
            return unread.isEmpty() ? ofTag(write, key).stream() : Stream.of();
        }
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
        // A lookup with the key is not enough if another method may have stored an entry under another spelling of it.
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

    /** Checks a tag. As for keys, a lookup with the tag is not enough if another may spell it differently. */
    private Optional<String> ofTag(WriteMethod write, KeyText tag) {
        List<Tagged> confused =
                tagged.stream().filter(each -> tag.isConfusedWith(each.tag())).toList();
        boolean fits = tagged.stream().anyMatch(each -> tag.means(each.tag()));
        if (fits && confused.isEmpty()) {
            return Optional.empty();
        }
        List<Tagged> alike = fits
                ? confused
                : tagged.stream()
                        .filter(each -> each.tag().literals().equals(tag.literals()))
                        .toList();
        List<Tagged> shown = alike.isEmpty() ? tagged : alike;
        String tags =
                shown.stream().map(each -> each.by() + " has " + each.tag()).collect(Collectors.joining(", "));
        return Optional.of(
                alike.isEmpty()
                        ? MethodMessage.NO_SUCH_TAG.with(write, tag, tags.isEmpty() ? "none" : tags)
                        : MethodMessage.OTHER_TAG.with(write, tag, tags));
    }

    private Stream<String> otherType(WriteMethod write, Put put) {
        return lookups(put.space()).stream()
                .limit(1) // all have the same type, or that is a problem of its own
                .filter(lookup -> !lookup.valueType().equals(put.valueType()))
                .map(lookup -> MethodMessage.OTHER_RESULT.with(
                        write,
                        put.valueType().getTypeName(),
                        lookup.cache(),
                        lookup.valueType().getTypeName(),
                        lookup));
    }
}
