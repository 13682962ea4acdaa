package io.cachedconnection.internal.cdi;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.internal.access.EngineConnectionCache;
import io.cachedconnection.internal.access.EngineConnectionCaches;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.ProgrammaticLookups;
import io.cachedconnection.internal.method.TagTexts;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** The caches for programmatic use. Each cache has one type of values for all programs. Thread-safe. */
final class ProgrammaticCaches implements EngineConnectionCaches.Opening {

    private final CachedBeans beans;
    private final EntityChecks entities;
    private final CacheFormats formats;
    private final Function<CachedMethod, CacheBinding<Object>> binder;
    private final Engine engine;
    private final Map<String, Map<Type, CachedMethod>> lookups = new ConcurrentHashMap<>();
    private final Map<String, Type> valueTypes = new ConcurrentHashMap<>();
    private final Lock opening = new ReentrantLock();
    private final Map<String, CacheBinding<Object>> bindings = new ConcurrentHashMap<>();
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    ProgrammaticCaches(Deployment deployment, Function<CachedMethod, CacheBinding<Object>> binder, Engine engine) {
        this.beans = deployment.beans();
        this.entities = new EntityChecks(deployment.config());
        this.formats = deployment.formats();
        this.binder = binder;
        this.engine = engine;
    }

    /**
     * Opens the cache with these {@code tags}. The caller vouches that {@code K} and {@code V} are these types.
     *
     * @throws IllegalArgumentException with the problem of the name, types, tags or settings
     */
    @Override
    @SuppressWarnings("unchecked")
    public <K, V> ConnectionCache<K, V> open(String name, Type keyType, Type valueType, String... tags) {
        CachedMethod lookup = ProgrammaticLookups.of(
                        "ConnectionCaches.cache(\"" + name + "\")", name, keyType, valueType, tags)
                .bound(formats::space, false);
        opening.lock(); // an opened cache limits the types that others may use
        try {
            checkType(lookup);
            checkEntities(lookup);
            checkKey(lookup, keyType);
            String wrong = lookup.hasTags() ? formats.problemOfTags(lookup.name(), name) : null;
            if (wrong != null) {
                throw new IllegalArgumentException(wrong);
            }
            valueTypes.putIfAbsent(name, valueType); // only after all checks: the next caller may have the right type
        } finally {
            opening.unlock();
        }
        CacheBinding<V> binding = (CacheBinding<V>) bindings.computeIfAbsent(name, cache -> binder.apply(lookup));
        return new EngineConnectionCache<>(
                engine,
                binding,
                formats.space(name),
                key -> lookup.key(new Object[] {key}),
                others -> open(name, keyType, valueType, others));
    }

    @Override
    public EntryKey tag(String text) {
        return formats.tags().key(TagTexts.checked(text));
    }

    @Override
    public String text(String template, Object... parts) {
        return TagTexts.of(template, parts);
    }

    /** Checks a cache once, because it may be opened at each request and always has the same type. */
    private void checkEntities(CachedMethod lookup) {
        if (!checked.contains(lookup.cache())) {
            List<String> problems = entities.problems(lookup);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            checked.add(lookup.cache());
        }
    }

    /** Refuses a key type whose keys could find entries of a lookup with another key type. */
    private void checkKey(CachedMethod lookup, Type keyType) {
        Map<Type, CachedMethod> opened = lookups.computeIfAbsent(lookup.cache(), cache -> new ConcurrentHashMap<>());
        if (opened.containsKey(keyType)) {
            return; // a cache may be opened at each request
        }
        Stream.concat(beans.lookups(lookup.cache()).stream(), opened.values().stream())
                .filter(lookup::isConfusedWith)
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            MethodMessage.OTHER_KEY_TYPE.with(lookup, keyType.getTypeName(), other, other.keyShown()));
                });
        opened.putIfAbsent(keyType, lookup);
    }

    private void checkType(CachedMethod lookup) {
        Type kept = valueTypes.getOrDefault(
                lookup.cache(), Objects.requireNonNullElse(beans.valueType(lookup.cache()), lookup.valueType()));
        if (!kept.equals(lookup.valueType())) {
            throw new IllegalArgumentException(MethodMessage.OTHER_VALUE_TYPE.with(
                    lookup, kept.getTypeName(), lookup.valueType().getTypeName()));
        }
    }
}
