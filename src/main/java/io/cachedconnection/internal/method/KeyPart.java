package io.cachedconnection.internal.method;

import org.jspecify.annotations.Nullable;

/** One placeholder of a key: where its value is, and how it reads. */
record KeyPart(Path path, PartFormat format) {

    /** What is kept of it until its text is needed; null if there is a null on the way. */
    @Nullable Object kept(@Nullable Object[] arguments) {
        Object value = path.follow(arguments);
        return value == null ? null : format.kept(value);
    }

    /** The text of what was kept. */
    String text(Object kept) {
        return format.textOfKept(kept);
    }
}
