package io.cachedconnection.internal.method;

import io.cachedconnection.internal.engine.store.KeySpace;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a write puts into a cache: its result. Immutable. */
public final class Put {

    private final String name;
    private final ChoiceReading.CacheChoice choice;
    private final ReturnReading.ReturnedValue returned;
    private final Eviction eviction;

    Put(
            String name,
            ChoiceReading.CacheChoice choice,
            KeyText keyText,
            ReturnReading.ReturnedValue returned,
            boolean ofResult) {
        this(name, choice, returned, new Eviction(choice.space(), keyText, ofResult ? returned : null));
    }

    private Put(
            String name, ChoiceReading.CacheChoice choice, ReturnReading.ReturnedValue returned, Eviction eviction) {
        this.name = name;
        this.choice = choice;
        this.returned = returned;
        this.eviction = eviction;
    }

    Put bound(Function<String, KeySpace> keySpaces) {
        return new Put(name, choice.bound(keySpaces), returned, eviction.bound(keySpaces));
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

    /** The eviction that it is if there is no value to put. */
    public Eviction eviction() {
        return eviction;
    }
}
