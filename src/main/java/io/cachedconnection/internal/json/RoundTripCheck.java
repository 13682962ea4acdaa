package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import org.jspecify.annotations.Nullable;

/**
 * The trial that every value goes through before it is stored: it is read back and compared. A class may be one that
 * JSON-B writes but cannot make, or makes without what it cannot set; its entries would come and go with each lookup, or be
 * served broken. One value that comes through says nothing of the next. Thread-safe.
 */
final class RoundTripCheck {

    private final JsonEquality json;
    private final StateEquality state = new StateEquality();

    RoundTripCheck(JsonShape jsonShape) {
        this.json = new JsonEquality(jsonShape);
    }

    /** How a codec reads and writes. */
    interface Trip {
        Object read(String text) throws UnreadableValueException;

        String written(Object value) throws UnreadableValueException;
    }

    /** Has {@code text}, which {@code value} became, make the trip. */
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

    /** Values whose own methods fail meanwhile cannot be shown to be the same. */
    private static @Nullable String difference(StateEquality.Walk walk, Object value, Object read) {
        try {
            return walk.difference(value, read);
        } catch (RuntimeException | Error e) {
            return "comparing fails with " + e.getClass().getName();
        }
    }

    /** What a type sets aside may still show: in what its getters make of it. */
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
