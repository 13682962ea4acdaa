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

/** The put of a write's result into a cache. Immutable. */
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

    /** Returns the name of the write in messages: {@code BookRepository.save(Book)}. */
    public String name() {
        return name;
    }

    /** Returns the key space of its cache. */
    public KeySpace space() {
        return choice.space();
    }

    /** Returns the TTL of its annotation, or null. */
    public @Nullable Duration ttl() {
        return choice.ttl();
    }

    /** Returns the type of the values: the return type without {@code Optional}, boxed. */
    public Type valueType() {
        return returned.kept();
    }

    /** Returns the value to put for a result: null for an empty {@code Optional}. */
    public @Nullable Object unwrap(@Nullable Object result) {
        return returned.unwrap(result);
    }

    /** Whether the key needs the result, so that it is known only after the method has run. */
    public boolean isKeyOfResult() {
        return eviction.isOfResult();
    }

    /** Returns the templates of its tags; empty if it has none. */
    List<KeyText> tags() {
        return tags.texts();
    }

    /** Whether its entries have tags. */
    public boolean hasTags() {
        return !tags.isEmpty();
    }

    /** Whether tags need the result, so that they are known only after the method has run. */
    boolean areTagsOfResult() {
        return areTagsOfResult;
    }

    /**
     * Returns the tags that are made of the arguments.
     *
     * @throws IllegalArgumentException if a value on the way to a tag is null
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
     * Returns {@code key} with all its tags, after the method has returned {@code value}; null if a value on the way to a tag
     * is null.
     *
     * @param key the key, with its tags if these do not need the result
     */
    public @Nullable EntryKey tagged(EntryKey key, @Nullable Object[] arguments, @Nullable Object value) {
        if (!areTagsOfResult) {
            return key;
        }
        List<EntryKey> known = value == null ? null : tags.of(Eviction.with(arguments, value));
        return known == null ? null : key.with(known);
    }

    /** Returns the eviction that replaces the put if there is no value. */
    public Eviction eviction() {
        return eviction;
    }
}
