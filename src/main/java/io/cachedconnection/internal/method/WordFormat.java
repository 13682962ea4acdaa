package io.cachedconnection.internal.method;

import org.jspecify.annotations.Nullable;

/** The format of immutable values that are equal only if they read alike: they are kept as they are. Thread-safe. */
@FunctionalInterface
interface WordFormat extends PartFormat {

    @Override
    default @Nullable Object kept(Object value) {
        return value;
    }

    /** A value like these has a text; nothing in it can be null. */
    @Override
    String text(Object value);

    @Override
    default String textOfKept(Object kept) {
        return text(kept);
    }
}
