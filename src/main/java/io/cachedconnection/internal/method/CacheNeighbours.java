package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The methods that keep their values in one cache, and what comes of it. */
record CacheNeighbours(List<List<CachedMethod>> caches) {

    static CacheNeighbours of(List<CachedMethod> methods) {
        TreeMap<String, List<CachedMethod>> byCache =
                methods.stream().collect(Collectors.groupingBy(CachedMethod::cache, TreeMap::new, Collectors.toList()));
        return new CacheNeighbours(List.copyOf(byCache.values()));
    }

    /** A message for each method that keeps another type than the first one of its cache, or that answers for others. */
    List<String> problems() {
        return caches.stream()
                .flatMap(methods -> Stream.concat(differentTypes(methods), sharedEntries(methods)))
                .toList();
    }

    private static Stream<String> differentTypes(List<CachedMethod> methods) {
        CachedMethod first = methods.get(0);
        return methods.stream()
                .filter(method -> !method.valueType().equals(first.valueType()))
                .map(other -> MethodMessage.DIFFERENT_TYPES.with(
                        first,
                        first.valueType().getTypeName(),
                        first.cache(),
                        other,
                        other.valueType().getTypeName()));
    }

    private static Stream<String> sharedEntries(List<CachedMethod> methods) {
        return IntStream.range(0, methods.size())
                .boxed()
                .flatMap(i -> sharedEntries(methods.get(i), methods.subList(i + 1, methods.size())));
    }

    private static Stream<String> sharedEntries(CachedMethod method, List<CachedMethod> later) {
        String others = later.stream()
                .filter(other -> other.valueType().equals(method.valueType()))
                .filter(method::wronglyAnswersFor)
                .map(CachedMethod::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Stream.of()
                : Stream.of(MethodMessage.SHARED_ENTRIES.with(method, method.cache(), others));
    }
}
