package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;

/**
 * The trial that every value goes through before it is stored: read, written once more, and compared. A class may be one
 * that JSON-B writes but cannot make, or makes without what it cannot set; its entries would come and go with each lookup,
 * or be served broken. One value that comes through says nothing of the next. Thread-safe.
 */
final class ReadBack {

    private final SameJson json;
    private final SameState state = new SameState();

    ReadBack(Shape shape) {
        this.json = new SameJson(shape);
    }

    /** How a codec reads and writes. */
    interface Trip {
        Object read(String text) throws UnreadableValueException;

        String written(Object value) throws UnreadableValueException;
    }

    /** Has {@code text}, which {@code value} became, make the trip. */
    void check(Object value, String text, Trip trip) throws UnreadableValueException {
        Object read = read(text, trip);
        if (!json.same(text, again(read, trip)) || !isSame(value, read)) {
            throw changed();
        }
    }

    private static Object read(String text, Trip trip) throws UnreadableValueException {
        try {
            return trip.read(text);
        } catch (UnreadableValueException e) {
            throw cannot(e.kind());
        }
    }

    /** What cannot be written has changed. */
    private static String again(Object read, Trip trip) throws UnreadableValueException {
        try {
            return trip.written(read);
        } catch (UnreadableValueException e) {
            throw changed();
        }
    }

    /** What cannot be compared, because its own methods fail, is not taken for the same. */
    private boolean isSame(Object value, Object read) {
        try {
            return state.same(value, read);
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static UnreadableValueException changed() {
        return new UnreadableValueException("written, but read back as something else");
    }

    static UnreadableValueException cannot(String kind) {
        return new UnreadableValueException("written, but cannot be read back: " + kind);
    }
}
