package io.cachedconnection.se;

import io.cachedconnection.CachedConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What repositories inherit; it is not public, so the compiler repeats its method in those that are. */
abstract class Lookups<T, I> {

    abstract @Nullable T load(I id);

    @CachedConnection(cache = "notes")
    public Optional<T> find(I id) {
        return Optional.ofNullable(load(id));
    }
}
