package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that is known of one cached method before it is called. Immutable. */
public final class CachedMethod {

    private final String name;
    private final String source;
    private final ChoiceReading.CacheChoice choice;
    private final Tags.KeyAndTags text;
    private final ReturnReading.ReturnedValue returned;
    private final boolean isIntercepted;
    private final boolean beginsTransaction;

    /**
     * One cached method.
     *
     * @param name how messages name it
     * @param source what tells this lookup from all others; empty for a programmatic lookup
     * @param isIntercepted whether interceptors of others stand around it, so that it is cached inside of them
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
     * The record of the method in an application.
     *
     * @param keySpaces gives the keys of a cache by its name
     * @param intercepted whether others intercept the method by what their extensions have added
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

    /** How messages name it: {@code BookRepository.find(UUID)}. */
    public String name() {
        return name;
    }

    /** The name of its cache. */
    public String cache() {
        return choice.space().cache();
    }

    /** Whether others intercept it, so that it is looked up inside of their interceptors. */
    public boolean isIntercepted() {
        return isIntercepted;
    }

    /** Whether each call of it is looked up in a transaction that its own {@code @Transactional} has begun, if no other. */
    public boolean isInOwnTransaction() {
        return isIntercepted && beginsTransaction;
    }

    /** The TTL that its annotation says, or null. */
    public @Nullable Duration ttl() {
        return choice.ttl();
    }

    /** The type of the values that are kept: what it returns, without its {@code Optional}, a primitive boxed. */
    public Type valueType() {
        return returned.kept();
    }

    /**
     * The key of a call, with its tags; null if an argument, or anything on the way to the key or a tag, is null: then nothing is to be looked
     * up or stored. What a getter on the way throws reaches the caller.
     */
    public @Nullable EntryKey key(@Nullable Object[] arguments) {
        CallName call = name(arguments);
        return call == null ? null : key(call);
    }

    /** What tells a call apart from those with another key or other tags, and costs less than the key; null likewise. */
    public @Nullable CallName name(@Nullable Object[] arguments) {
        Object kept = text.kept(arguments);
        return kept == null ? null : new CallName(this, kept);
    }

    /** The key of a call of this name. */
    public EntryKey key(CallName call) {
        return text.of(call.kept(), choice.space());
    }

    /** The value that is kept of what the method returned: null for an empty {@code Optional}. */
    public @Nullable Object unwrap(@Nullable Object result) {
        return returned.unwrap(result);
    }

    /** What the method returns for a value that was kept: an empty {@code Optional} for null, if it returns one. */
    public @Nullable Object wrap(@Nullable Object value) {
        return returned.wrap(value);
    }

    /** Whether the method can return the kept {@code value}: it is of the type, and not null for a primitive. */
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

    /** How its tags are made; empty if it has none. */
    List<KeyText> tags() {
        return text.tags().texts();
    }

    /** Whether its entries have tags. */
    public boolean hasTags() {
        return !text.tags().isEmpty();
    }

    /** Whether a program does the lookup. */
    boolean isProgrammatic() {
        return source.isEmpty();
    }

    /** Its key as messages show it. */
    public String keyShown() {
        return text.key().toString();
    }

    /**
     * Whether one text can be a key of both, although they may ask different questions: both have not said that they ask the
     * same, and they are not the same class in two archives of an application.
     */
    boolean wronglyAnswersFor(CachedMethod other) {
        boolean isSame = source.equals(other.source) || (choice.sharesEntries() && other.choice.sharesEntries());
        return !isSame && text.key().overlaps(other.text.key());
    }

    /** Whether one text can be a key of both, and never means the same. */
    public boolean isConfusedWith(CachedMethod other) {
        return text.key().isConfusedWith(other.text.key());
    }

    /**
     * What tells the calls of a method apart without working out their keys: the method, and the arguments that make the key.
     * Two that are equal have the same key. Immutable.
     */
    public static final class CallName {

        private static final int LONGEST = 128; // characters

        private final CachedMethod method;
        private final Object kept; // of one part itself, of several an array

        CallName(CachedMethod method, Object kept) {
            this.method = method;
            this.kept = kept;
        }

        /** Whether it takes more room than the key, whose length is bounded. */
        public boolean isLong() {
            return kept instanceof Object[] parts ? isAnyLong(parts) : isLong(kept);
        }

        private static boolean isAnyLong(Object[] parts) {
            for (Object part : parts) { // no stream: this runs in every lookup
                if (isLong(part)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isLong(Object part) {
            return part instanceof String text && text.length() > LONGEST;
        }

        /** What is kept of the arguments. */
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

        /** Names the method only: arguments never reach a log. */
        @Override
        public String toString() {
            return "CallName[method=" + method + "]";
        }
    }
}
