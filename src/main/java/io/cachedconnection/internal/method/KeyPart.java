package io.cachedconnection.internal.method;

import org.jspecify.annotations.Nullable;

/** One placeholder of a key: where its value is, and how it reads. */
record KeyPart(Path path, PartFormat format) {

    /** Its text; null if there is a null on the way. */
    @Nullable String text(@Nullable Object[] arguments) {
        Object value = path.follow(arguments);
        return value == null ? null : format.text(value);
    }
}
