package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one type are written and read directly. The JSON is that of JSON-B. The codec reads back
 * what was written and compares. Thread-safe.
 */
public abstract class DirectType {

    static final int SHORT_TEXT = 256; // as the shape of a type with a short text

    /** Passes the next value, after space. */
    public final @Nullable Object read(DirectReader in, int depth) throws UnreadableValueException {
        if (in.first() == 'n') {
            in.literal("null");
            return ofNull();
        }
        return readValue(in, depth);
    }

    /** What null in JSON stands for. */
    @Nullable Object ofNull() throws UnreadableValueException {
        return null;
    }

    /** Passes a value that is not null and begins with the next byte. */
    protected abstract @Nullable Object readValue(DirectReader in, int depth) throws UnreadableValueException;

    public final void write(@Nullable Object value, DirectWriter out, int depth) {
        if (value == null) {
            writeNull(out);
        } else {
            writeValue(value, out, depth);
        }
    }

    void writeNull(DirectWriter out) {
        out.nothing();
    }

    protected abstract void writeValue(Object value, DirectWriter out, int depth);

    /** {@code value}, if it is exactly of the class {@code type}. */
    static <T> T checked(Class<T> type, Object value) {
        if (value.getClass() != type) {
            throw DirectWriter.notDirect();
        }
        return type.cast(value);
    }
}
