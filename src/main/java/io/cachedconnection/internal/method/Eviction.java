package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.message.CoreMessage;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The eviction of one annotation of a write, or of one of its tags.
 *
 * @param space the key space of the cache, or of all tags
 * @param key the key; null for all keys
 * @param result the result of the method, if the key needs it; null if the key is known before the method runs
 */
public record Eviction(KeySpace space, @Nullable KeyText key, ReturnReading.@Nullable ReturnedValue result) {

    Eviction bound(Function<String, KeySpace> keySpaces) {
        return new Eviction(keySpaces.apply(space.cache()), key, result);
    }

    /** Whether the key is known only after the method has run. */
    boolean isOfResult() {
        return result != null;
    }

    boolean isOfTag() {
        return space.isOfTags();
    }

    /** Returns a log message that the key to evict is unknown, and why. */
    public String unknown(RuntimeException cause) {
        String failure = cause.getClass().getName();
        return isOfTag()
                ? CoreMessage.TAG_NOT_TO_BE_HAD.with(failure)
                : CoreMessage.KEY_NOT_TO_BE_HAD.with(space.cache(), failure);
    }

    /**
     * Returns the target of a call.
     *
     * @throws IllegalArgumentException if a value on the way to the key is null
     */
    Target target(@Nullable Object[] arguments) {
        if (key == null) {
            return space.all();
        }
        String parts = key.of(arguments);
        if (parts == null) {
            throw new IllegalArgumentException(
                    isOfTag() ? CoreMessage.NULL_TAG.with(key) : CoreMessage.NULL_KEY.with(space.cache()));
        }
        return space.key(parts);
    }

    /** Returns the result as a source of the key; null if the method returned null or an empty {@code Optional}. */
    public @Nullable Object value(@Nullable Object returned) {
        return result == null ? null : result.unwrap(returned);
    }

    /** Returns the key that needs the result; null if a value on the way to it is null. */
    public @Nullable EntryKey key(@Nullable Object[] arguments, Object value) {
        String parts = key == null ? null : key.of(with(arguments, value));
        return parts == null ? null : space.key(parts);
    }

    static @Nullable Object[] with(@Nullable Object[] arguments, @Nullable Object value) {
        @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = value;
        return all;
    }
}
