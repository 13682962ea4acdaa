package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one of several requests that were sent together.
 *
 * @param reply the reply; null if the request failed
 * @param failure the reason of the failure; null if there is a reply
 */
public record Response<T>(@Nullable T reply, @Nullable RuntimeException failure) {

    /** Returns the outcome of a successful request. */
    public static <T> Response<T> of(@Nullable T reply) {
        return new Response<>(reply, null);
    }

    /** Returns the outcome of a failed request. */
    public static <T> Response<T> failed(RuntimeException failure) {
        return new Response<>(null, failure);
    }

    /** Returns the reply, or throws the failure of the request. */
    @SuppressWarnings("NullAway") // the request decides whether its reply may be null
    public T get() {
        if (failure != null) {
            throw failure;
        }
        return reply;
    }
}
