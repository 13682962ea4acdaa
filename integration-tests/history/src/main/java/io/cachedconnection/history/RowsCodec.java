package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as text: of each its version and its write. They cannot be changed, so one list may serve all callers. */
final class RowsCodec implements ValueCodec<List<Row>> {

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public byte[] encode(@Nullable List<Row> rows) throws UnreadableValueException {
        if (rows == null) {
            throw new UnreadableValueException("no rows");
        }
        return rows.stream()
                .map(row -> row.version() + ":" + row.write())
                .collect(Collectors.joining(","))
                .getBytes(US_ASCII);
    }

    @Override
    public List<Row> decode(byte[] payload) throws UnreadableValueException {
        try {
            return Stream.of(new String(payload, US_ASCII).split(","))
                    .map(text -> text.split(":", 2))
                    .map(parts -> new Row(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
                    .toList();
        } catch (RuntimeException e) {
            throw new UnreadableValueException("no rows");
        }
    }
}
