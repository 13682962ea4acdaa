package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/** The search for {@code @CachedConnection}. */
final class CachedConnectionSearch {

    private CachedConnectionSearch() {}

    /** The nearest annotation of {@code element}, or null if it has none. */
    static @Nullable CachedConnection on(AnnotatedElement element) {
        return AnnotationSearch.all(CachedConnection.class, element).stream()
                .findFirst()
                .orElse(null);
    }
}
