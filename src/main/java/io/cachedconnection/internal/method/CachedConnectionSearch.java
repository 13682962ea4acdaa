package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The search for {@code @CachedConnection}. */
final class CachedConnectionSearch {

    private CachedConnectionSearch() {}

    /** The annotation of {@code element} that wins, or null if it has none. */
    static @Nullable CachedConnection on(AnnotatedElement element) {
        return all(element).stream().findFirst().orElse(null);
    }

    private static List<CachedConnection> all(AnnotatedElement element) {
        return AnnotationSearch.winners(CachedConnection.class, element);
    }

    /** Whether {@code element} says different things, and nothing tells which one is meant. */
    static boolean isAmbiguous(AnnotatedElement element) {
        return all(element).size() > 1;
    }
}
