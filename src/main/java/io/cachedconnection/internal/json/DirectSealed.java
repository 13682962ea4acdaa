package io.cachedconnection.internal.json;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sealed interface of records: an object whose first member says which of them it is. */
final class DirectSealed extends DirectType {

    private final List<byte[]> openings = new ArrayList<>(); // of each record, the brace and that member
    private final List<DirectObject> records = new ArrayList<>();
    private final Map<Class<?>, DirectObject> byClass = new HashMap<>();

    /** The brace and the member that say that a record is of the type {@code alias}. */
    static byte[] opening(String key, String alias) {
        DirectWriter out = new DirectWriter(key.length() + alias.length() + 6);
        out.ascii('{');
        out.string(key);
        out.ascii(':');
        out.string(alias);
        return out.toBytes();
    }

    /** Adds a record; all are there before the first value is read. */
    void add(Class<?> type, byte[] opening, DirectObject record) {
        openings.add(opening);
        records.add(record);
        byClass.put(type, record);
    }

    @Override
    Object readValue(DirectReader in, int depth) throws UnreadableValueException {
        in.begin('{');
        in.first();
        in.inside(depth);
        for (int i = 0; i < openings.size(); i++) {
            if (in.skip(openings.get(i), 1)) {
                return records.get(i).readValue(in, depth);
            }
        }
        throw DirectReader.otherShape();
    }

    @Override
    void writeValue(Object value, DirectWriter out, int depth) {
        DirectObject record = byClass.get(value.getClass());
        if (record == null) {
            throw DirectWriter.notDirect();
        }
        record.writeValue(value, out, depth);
    }
}
