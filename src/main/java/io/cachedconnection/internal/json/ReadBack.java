package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.lang.reflect.Type;

/**
 * The trial that a value goes through before it is stored: read, written once more, and compared. A class may be one that
 * JSON-B writes but cannot make, or makes without what it cannot set; its entries would come and go with each lookup, or
 * be served broken. Thread-safe.
 */
final class ReadBack {

    private static final String EMPTY = "[]";

    private final SameJson json;
    private final boolean doubtful;
    private volatile boolean passed; // by a value that says something of the type

    ReadBack(Type type, Shape shape) {
        this.json = new SameJson(shape);
        this.doubtful = !Doubts.of(type).isEmpty();
    }

    /** Reads a JSON text and writes what it has read. */
    @FunctionalInterface
    interface Trip {
        Again read(String text) throws UnreadableValueException;
    }

    /** Writes what has been read. */
    @FunctionalInterface
    interface Again {
        String written() throws UnreadableValueException;
    }

    /**
     * Has {@code text} make the trip, unless a value of its type has made it; where there are doubts about the type, each
     * has to, because what one value lacks may be what another one loses.
     */
    void check(String text, Trip trip) throws UnreadableValueException {
        if (passed) {
            return;
        }
        Again again = read(text, trip);
        if (!isSame(text, again)) {
            throw new UnreadableValueException("written, but read back as something else");
        }
        passed = !doubtful && text.length() > EMPTY.length(); // an empty list says nothing about its elements
    }

    private static Again read(String text, Trip trip) throws UnreadableValueException {
        try {
            return trip.read(text);
        } catch (UnreadableValueException e) {
            throw cannot(e.kind());
        }
    }

    private boolean isSame(String text, Again again) {
        try {
            return json.same(text, again.written());
        } catch (UnreadableValueException | RuntimeException e) {
            return false; // what cannot be written has changed
        }
    }

    static UnreadableValueException cannot(String kind) {
        return new UnreadableValueException("written, but cannot be read back: " + kind);
    }
}
