package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.NotInKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A repository of which the user writes only this: an interface, with annotations that have no members. */
public interface Atlases {

    /** What it holds. */
    record Atlas(long id, String title) {}

    /** A lookup of one. */
    @CachedConnection(cache = "atlases", ttl = "PT1M")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface CachedAtlas {}

    /** A lookup of several. */
    @CachedConnection(cache = "atlas-lists", key = "{title}")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface CachedAtlases {}

    /** What makes both old. */
    @EvictConnection(cache = "atlases", key = "{atlas.id}")
    @EvictConnection(cache = "atlas-lists", all = true)
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface AtlasChanged {}

    @CachedAtlas
    Optional<Atlas> find(@CacheKey long id, @NotInKey String language);

    @CachedAtlases
    List<Atlas> entitled(String title);

    @AtlasChanged
    void save(Atlas atlas);

    /** As it is generated: with the bindings, but without what is on the parameters. */
    @ApplicationScoped
    class Generated implements Atlases {

        private final Map<Long, Atlas> inDatabase = new ConcurrentHashMap<>();

        @Override
        @CachedAtlas
        public Optional<Atlas> find(long id, String language) {
            return Optional.ofNullable(inDatabase.get(id));
        }

        @Override
        @CachedAtlases
        public List<Atlas> entitled(String title) {
            return inDatabase.values().stream()
                    .filter(atlas -> atlas.title().equals(title))
                    .toList();
        }

        @Override
        @AtlasChanged
        public void save(Atlas atlas) {
            inDatabase.put(atlas.id(), atlas);
        }

        /** Past the cache, as it is not annotated. */
        public void change(Atlas atlas) {
            inDatabase.put(atlas.id(), atlas);
        }
    }
}
