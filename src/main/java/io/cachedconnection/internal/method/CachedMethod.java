package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The static description of one cached method. Immutable. */
public final class CachedMethod {

    private final String name;
    private final String source;
    private final ChoiceReading.CacheChoice choice;
    private final Tags.KeyAndTags text;
    private final ReturnReading.ReturnedValue returned;
    private final boolean isIntercepted;
    private final boolean beginsTransaction;

    /**
     * Creates the description of one cached method.
     *
     * @param name its name in messages
     * @param source identifies this lookup; empty for a programmatic lookup
     * @param isIntercepted whether other interceptors surround it, so that it is cached inside them
     * @param beginsTransaction whether its own {@code @Transactional} begins a transaction
     */
    CachedMethod(
            String name,
            String source,
            ChoiceReading.CacheChoice choice,
            Tags.KeyAndTags text,
            ReturnReading.ReturnedValue returned,
            boolean isIntercepted,
            boolean beginsTransaction) {
        this.name = name;
        this.source = source;
        this.choice = choice;
        this.text = text;
        this.returned = returned;
        this.isIntercepted = isIntercepted;
        this.beginsTransaction = beginsTransaction;
    }

    /**
     * Returns this method bound to an application.
     *
     * @param keySpaces returns the key space of a cache by its name
     * @param intercepted whether interceptors surround the method because of annotations added by extensions
     */
    public CachedMethod bound(Function<String, KeySpace> keySpaces, boolean intercepted) {
        return new CachedMethod(
                name,
                source,
                choice.bound(keySpaces),
                text.bound(keySpaces),
                returned,
                isIntercepted || intercepted,
                beginsTransaction);
    }

    /** Returns its name in messages: {@code BookRepository.find(UUID)}. */
    public String name() {
        return name;
    }

    /** Returns the name of its cache. */
    public String cache() {
        return choice.space().cache();
    }

    /** Whether other interceptors surround it, so that it is cached inside them. */
    public boolean isIntercepted() {
        return isIntercepted;
    }

    /** Whether its lookups run in a transaction that its own {@code @Transactional} begins if there is none. */
    public boolean isInOwnTransaction() {
        return isIntercepted && beginsTransaction;
    }

    /** Returns the TTL of its annotation, or null. */
    public @Nullable Duration ttl() {
        return choice.ttl();
    }

    /** Returns the type of its cached values: the return type without {@code Optional}, boxed. */
    public Type valueType() {
        return returned.kept();
    }

    /**
     * Returns the key of a call with its tags. Null if an argument, or a value on the way to the key or a tag, is null: the
     * call then bypasses the cache. Exceptions of getters reach the caller.
     */
    public @Nullable EntryKey key(@Nullable Object[] arguments) {
        CallName call = name(arguments);
        return call == null ? null : key(call);
    }

    /** Returns a name that identifies the key and tags of a call, but is cheaper; null in the same cases as the key. */
    public @Nullable CallName name(@Nullable Object[] arguments) {
        Object kept = text.kept(arguments);
        return kept == null ? null : new CallName(this, kept);
    }

    /** Returns the key of a call with this name. */
    public EntryKey key(CallName call) {
        return text.of(call.kept(), choice.space());
    }

    /** Returns the value to cache for a result: null for an empty {@code Optional}. */
    public @Nullable Object unwrap(@Nullable Object result) {
        return returned.unwrap(result);
    }

    /** Returns the result for a cached value: an empty {@code Optional} for null, if the method returns one. */
    public @Nullable Object wrap(@Nullable Object value) {
        return returned.wrap(value);
    }

    /** Whether the method can return {@code value}: it has the type, and is not null for a primitive. */
    public boolean accepts(@Nullable Object value) {
        return returned.accepts(value);
    }

    @Override
    public String toString() {
        return name;
    }

    KeyText keyText() {
        return text.key();
    }

    /** Returns the templates of its tags; empty if it has none. */
    List<KeyText> tags() {
        return text.tags().texts();
    }

    /** Whether its entries have tags. */
    public boolean hasTags() {
        return !text.tags().isEmpty();
    }

    /** Whether the lookup is programmatic. */
    boolean isProgrammatic() {
        return source.isEmpty();
    }

    /** Returns its key for messages. */
    public String keyShown() {
        return text.key().toString();
    }

    /**
     * Whether a key can belong to both lookups although they may ask different questions: they do not share entries, and they
     * are not the same class in two archives of an application.
     */
    boolean wronglyAnswersFor(CachedMethod other) {
        boolean isSame = source.equals(other.source) || (choice.sharesEntries() && other.choice.sharesEntries());
        return !isSame && text.key().overlaps(other.text.key());
    }

    /** Whether a text can be a key of both, with different meanings. */
    public boolean isConfusedWith(CachedMethod other) {
        return text.key().isConfusedWith(other.text.key());
    }

    /**
     * Identifies a call by its method and its key arguments, without computing the key. Calls with equal names have the same
     * key. Immutable.
     */
    public static final class CallName {

        private static final int LONGEST = 128; // characters

        private final CachedMethod method;
        private final Object kept; // the part itself if there is one, an array if there are several

        CallName(CachedMethod method, Object kept) {
            this.method = method;
            this.kept = kept;
        }

        /** Whether it takes more memory than the key, whose length is bounded. */
        public boolean isLong() {
            return kept instanceof Object[] parts ? isAnyLong(parts) : isLong(kept);
        }

        private static boolean isAnyLong(Object[] parts) {
            for (Object part : parts) { // no stream, because it runs in every lookup
                if (isLong(part)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isLong(Object part) {
            return part instanceof String text && text.length() > LONGEST;
        }

        /** Returns the key arguments. */
        Object kept() {
            return kept;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CallName name && method == name.method && isEqual(kept, name.kept);
        }

        private static boolean isEqual(Object one, Object other) {
            if (one instanceof Object[] parts && other instanceof Object[] others) {
                return Arrays.equals(parts, others);
            }
            return one.equals(other);
        }

        @Override
        public int hashCode() {
            int hash = kept instanceof Object[] parts ? Arrays.hashCode(parts) : kept.hashCode();
            return 31 * hash + method.hashCode();
        }

        /** Contains only the method: arguments never reach a log. */
        @Override
        public String toString() {
            return "CallName[method=" + method + "]";
        }
    }
}
