package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.message.CoreMessage;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one annotation of a write evicts from a cache, or one of the tags that it evicts.
 *
 * @param space the keys of the cache, or those of all tags
 * @param key the key; null means all
 * @param result what the method returns, if the key needs that and is not known before the method has run; else null
 */
public record Eviction(KeySpace space, @Nullable KeyText key, ReturnReading.@Nullable ReturnedValue result) {

    Eviction bound(Function<String, KeySpace> keySpaces) {
        return new Eviction(keySpaces.apply(space.cache()), key, result);
    }

    /** Whether the key is not known before the method has run. */
    boolean isOfResult() {
        return result != null;
    }

    boolean isOfTag() {
        return space.isOfTags();
    }

    /** Says in a log that it is not known what to evict, and why. */
    public String unknown(RuntimeException cause) {
        String failure = cause.getClass().getName();
        return isOfTag()
                ? CoreMessage.TAG_NOT_TO_BE_HAD.with(failure)
                : CoreMessage.KEY_NOT_TO_BE_HAD.with(space.cache(), failure);
    }

    /**
     * What a call makes old.
     *
     * @throws IllegalArgumentException if something on the way to the key is null
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

    /** What the key is made of besides the arguments: null if the method returned null or an empty {@code Optional}. */
    public @Nullable Object value(@Nullable Object returned) {
        return result == null ? null : result.unwrap(returned);
    }

    /** The key that needs the result; null if something on the way to it is null. */
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
