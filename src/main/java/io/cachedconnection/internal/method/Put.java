package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.message.CoreMessage;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a write puts into a cache: its result. Immutable. */
public final class Put {

    private final String name;
    private final ChoiceReading.CacheChoice choice;
    private final ReturnReading.ReturnedValue returned;
    private final Eviction eviction;
    private final Tags tags;
    private final boolean areTagsOfResult;

    Put(
            String name,
            ChoiceReading.CacheChoice choice,
            KeyText keyText,
            ReturnReading.ReturnedValue returned,
            boolean ofResult,
            Tags tags,
            boolean areTagsOfResult) {
        this(
                name,
                choice,
                returned,
                new Eviction(choice.space(), keyText, ofResult ? returned : null),
                tags,
                areTagsOfResult);
    }

    private Put(
            String name,
            ChoiceReading.CacheChoice choice,
            ReturnReading.ReturnedValue returned,
            Eviction eviction,
            Tags tags,
            boolean areTagsOfResult) {
        this.name = name;
        this.choice = choice;
        this.returned = returned;
        this.eviction = eviction;
        this.tags = tags;
        this.areTagsOfResult = areTagsOfResult;
    }

    Put bound(Function<String, KeySpace> keySpaces) {
        return new Put(
                name,
                choice.bound(keySpaces),
                returned,
                eviction.bound(keySpaces),
                tags.bound(keySpaces),
                areTagsOfResult);
    }

    /** How messages name the write: {@code BookRepository.save(Book)}. */
    public String name() {
        return name;
    }

    /** The keys of its cache. */
    public KeySpace space() {
        return choice.space();
    }

    /** The TTL that its annotation says, or null. */
    public @Nullable Duration ttl() {
        return choice.ttl();
    }

    /** The type of the values that are put: what the method returns, without its {@code Optional}, a primitive boxed. */
    public Type valueType() {
        return returned.kept();
    }

    /** The value that is put of what the method returned: null for an empty {@code Optional}. */
    public @Nullable Object unwrap(@Nullable Object result) {
        return returned.unwrap(result);
    }

    /** Whether the key needs the result, so that it is not known before the method has run. */
    public boolean isKeyOfResult() {
        return eviction.isOfResult();
    }

    /** How its tags are made; empty if it has none. */
    List<KeyText> tags() {
        return tags.texts();
    }

    /** Whether what it puts has tags. */
    public boolean hasTags() {
        return !tags.isEmpty();
    }

    /** Whether tags need the result, so that they are not known before the method has run. */
    boolean areTagsOfResult() {
        return areTagsOfResult;
    }

    /**
     * The tags as far as they are made of the arguments.
     *
     * @throws IllegalArgumentException if something on the way to one is null
     */
    List<EntryKey> tags(@Nullable Object[] arguments) {
        List<EntryKey> known = areTagsOfResult ? List.of() : tags.of(arguments);
        if (known == null) {
            throw new IllegalArgumentException(CoreMessage.NULL_TAG.with(
                    tags.texts().stream().map(KeyText::toString).collect(Collectors.joining(", "))));
        }
        return known;
    }

    /**
     * What {@code key} is put under when the method has returned {@code value}; null if something on the way to a tag is null.
     *
     * @param key with its tags, if these do not need the result
     */
    public @Nullable EntryKey tagged(EntryKey key, @Nullable Object[] arguments, @Nullable Object value) {
        if (!areTagsOfResult) {
            return key;
        }
        List<EntryKey> known = value == null ? null : tags.of(Eviction.with(arguments, value));
        return known == null ? null : key.with(known);
    }

    /** The eviction that it is if there is no value to put. */
    public Eviction eviction() {
        return eviction;
    }
}
