package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.ValueCodec;
import org.jspecify.annotations.Nullable;

/** A row as text: its version and its write. Nobody can change a row, so one may serve all. */
final class RowCodec implements ValueCodec<Row> {

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public byte[] encode(@Nullable Row row) throws UnreadableValueException {
        if (row == null) {
            throw new UnreadableValueException("no row");
        }
        return (row.version() + ":" + row.write()).getBytes(US_ASCII);
    }

    @Override
    public Row decode(byte[] payload) throws UnreadableValueException {
        String[] parts = new String(payload, US_ASCII).split(":", 2);
        if (parts.length != 2) {
            throw new UnreadableValueException("not a row");
        }
        return new Row(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
