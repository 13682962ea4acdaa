package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * What came of one of several questions that were asked together.
 *
 * @param reply nothing if it failed
 * @param failure why there is no reply; null if there is one
 */
public record Response<T>(@Nullable T reply, @Nullable RuntimeException failure) {

    /** One that went well. */
    public static <T> Response<T> of(@Nullable T reply) {
        return new Response<>(reply, null);
    }

    /** One that did not. */
    public static <T> Response<T> failed(RuntimeException failure) {
        return new Response<>(null, failure);
    }

    /** The reply, as if it had been the only question: what it failed with is thrown. */
    @SuppressWarnings("NullAway") // whether a reply may be null is the question's business
    public T get() {
        if (failure != null) {
            throw failure;
        }
        return reply;
    }
}
