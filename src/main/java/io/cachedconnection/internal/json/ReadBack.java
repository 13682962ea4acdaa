package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The trial that a value goes through before it is stored: read, written once more, and compared. A class may be one that
 * JSON-B writes but cannot make, or makes without what it cannot set; its entries would come and go with each lookup, or
 * be served broken. What another server has stored goes through the second half of it. Thread-safe.
 */
final class ReadBack {

    private static final int HITS_TO_LEARN_FROM = 64; // to learn costs more than to check

    private final SameJson json;
    private final SameState state = new SameState();
    private final Seen seen = new Seen();
    private final boolean doubtful;
    private final boolean mayHide;
    private final AtomicInteger hits = new AtomicInteger();
    private volatile boolean passed; // by values that said something of each member of the type
    private volatile boolean readPassed; // or by texts that did

    ReadBack(Type type, Shape shape) {
        this.json = new SameJson(shape);
        this.doubtful = !Doubts.of(type).isEmpty();
        this.mayHide = doubtful || Doubts.mayHide(type);
    }

    /** How a codec reads and writes. */
    interface Trip {
        Object read(String text) throws UnreadableValueException;

        String written(Object value) throws UnreadableValueException;
    }

    /**
     * Has {@code text}, which {@code value} became, make the trip, unless values of its type have made it that said
     * something of each member; where there are doubts about the type, or it holds what is not written, each has to.
     */
    void check(Object value, String text, Trip trip) throws UnreadableValueException {
        if (passed) {
            return;
        }
        Object read = read(text, trip);
        if (!json.same(text, again(read, trip)) || !isSame(value, read)) {
            throw changed();
        }
        if (!mayHide && learn(text)) {
            passed = true;
            readPassed = true;
        }
    }

    /** Has what was read from {@code text} make the rest of the trip, which may be another version's or another provider's. */
    void checkRead(String text, Object read, Trip trip) throws UnreadableValueException {
        if (readPassed) {
            return;
        }
        if (!json.covers(text, again(read, trip))) {
            throw changed();
        }
        if (!doubtful && hits.getAndIncrement() < HITS_TO_LEARN_FROM && learn(text)) {
            readPassed = true;
        }
    }

    private boolean learn(String text) {
        synchronized (seen) {
            return json.isAllSeen(text, seen);
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
