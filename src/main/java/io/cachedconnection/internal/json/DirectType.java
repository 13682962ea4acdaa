package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the values of one type directly. The JSON is that of JSON-B. The codec reads back its output and compares.
 * Thread-safe.
 */
public abstract class DirectType {

    static final int SHORT_TEXT = 256; // the limit in the shape of a type with a short text

    /** Reads the next value after space. */
    public final @Nullable Object read(DirectReader in, int depth) throws UnreadableValueException {
        if (in.first() == 'n') {
            in.literal("null");
            return ofNull();
        }
        return readValue(in, depth);
    }

    /** Returns the value for a JSON null. */
    @Nullable Object ofNull() throws UnreadableValueException {
        return null;
    }

    /** Reads a value that is not null and begins with the next byte. */
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

    /** Returns {@code value} if its class is exactly {@code type}. */
    static <T> T checked(Class<T> type, Object value) {
        if (value.getClass() != type) {
            throw DirectWriter.notDirect();
        }
        return type.cast(value);
    }
}
