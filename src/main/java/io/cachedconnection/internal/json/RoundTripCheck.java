package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import org.jspecify.annotations.Nullable;

/**
 * Checks each value before it is stored: reads it back and compares. JSON-B may write a class that it cannot create, or that it
 * creates without some state; its entries would be refused at each lookup or served broken. One successful value does not prove
 * the next one. Thread-safe.
 */
final class RoundTripCheck {

    private final JsonEquality json;
    private final StateEquality state = new StateEquality();

    RoundTripCheck(JsonShape jsonShape) {
        this.json = new JsonEquality(jsonShape);
    }

    /** Reads and writes values for the check. */
    interface Trip {
        Object read(String text) throws UnreadableValueException;

        String written(Object value) throws UnreadableValueException;
    }

    /** Reads back {@code text}, the JSON of {@code value}, and fails if the result differs. */
    void check(Object value, String text, Trip trip) throws UnreadableValueException {
        Object read;
        try {
            read = trip.read(text);
        } catch (UnreadableValueException e) {
            throw cannot(e.kind());
        }
        StateEquality.Walk walk = state.walk();
        String difference = difference(walk, value, read);
        if (difference == null && walk.setAside() && !isWrittenAlike(text, read, trip)) {
            difference = "its JSON is another one";
        }
        if (difference != null) {
            throw new UnreadableValueException("written, but read back as something else: " + difference);
        }
    }

    /** Returns the first difference. A value whose own methods fail cannot be proven equal. */
    private static @Nullable String difference(StateEquality.Walk walk, Object value, Object read) {
        try {
            return walk.difference(value, read);
        } catch (RuntimeException | Error e) {
            return "comparing fails with " + e.getClass().getName();
        }
    }

    /** Compares the JSON again, because getters may expose state that the type excludes. */
    private boolean isWrittenAlike(String text, Object read, Trip trip) {
        try {
            return json.same(text, trip.written(read));
        } catch (UnreadableValueException e) {
            return false;
        }
    }

    static UnreadableValueException cannot(String kind) {
        return new UnreadableValueException("written, but cannot be read back: " + kind);
    }
}
