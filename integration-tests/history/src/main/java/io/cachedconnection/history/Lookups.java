package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import io.cachedconnection.history.Plans.Item;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ValueLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lookups of one thread, each of them recorded, for each row that it saw. */
final class Lookups {

    private static final Row NO_ROW = new Row(0, 0);

    private final Library library;
    private final Plans plans;
    private final Rows rows;
    private final EventFile events;
    private final long latestFill;

    Lookups(Library library, Rows rows, EventFile events, Duration latestFill) {
        this.library = library;
        this.plans = library.plans();
        this.rows = rows;
        this.events = events;
        this.latestFill = latestFill.toNanos();
    }

    /** Looks up what must be as it was written before this moment. */
    void now(Item item) {
        long start = System.nanoTime();
        recorded(item, start, start);
    }

    /** Looks up in a transaction that sees the database as it was at {@code snapshot}. */
    void since(Item item, long snapshot) {
        recorded(item, System.nanoTime(), snapshot);
    }

    private void recorded(Item item, long start, long floor) {
        LookupResult<List<Row>> result = read(item, () -> {
            long asked = System.nanoTime();
            List<Row> loaded = rows.load(item.rows());
            record(Kind.LOAD, item, asked, loaded, asked);
            return loaded;
        });
        record(kind(Kind.LOOKUP, result), item, start, rows(result), floor);
    }

    private void record(Kind kind, Item item, long start, List<Row> seen, long floor) {
        long end = System.nanoTime();
        for (int i = 0; i < item.rows().size(); i++) {
            events.add(new Event(kind, item.rows().get(i), start, end, seen.isEmpty() ? NO_ROW : seen.get(i), floor));
        }
    }

    private static Kind kind(Kind asked, @Nullable LookupResult<List<Row>> result) {
        if (result == null || result.value() == null) {
            return Kind.THREW;
        }
        return asked == Kind.LOOKUP && result.source() == Source.NEAR ? Kind.NEAR_LOOKUP : asked;
    }

    private static List<Row> rows(@Nullable LookupResult<List<Row>> result) {
        return result == null || result.value() == null ? List.of() : result.value();
    }

    /** Looks up what this transaction may see more of than others: what it sees is not judged. */
    void aside(Item item) {
        read(item, () -> rows.load(item.rows()));
    }

    /** Looks up what this transaction has just written. What it loads then tells nothing of what is committed. */
    void own(Item item, Map<Integer, Row> written) {
        long start = System.nanoTime();
        LookupResult<List<Row>> result = read(item, () -> rows.load(item.rows()));
        Kind kind = kind(Kind.OWN_LOOKUP, result);
        List<Row> seen = rows(result);
        for (int i = 0; i < item.rows().size(); i++) {
            Row own = written.get(item.rows().get(i));
            if (own != null) {
                Row row = seen.isEmpty() ? NO_ROW : seen.get(i);
                events.add(new Event(kind, item.rows().get(i), start, System.nanoTime(), row, own.version()));
            }
        }
    }

    /** Looks up a row that nobody has looked up before, and nobody writes. */
    void cold(int number) {
        read(plans.cold(number), () -> {
            long start = System.nanoTime();
            List<Row> loaded = rows.load(List.of(0));
            events.add(new Event(Kind.COLD_LOAD, number, start, System.nanoTime(), loaded.get(0), start));
            return loaded;
        });
    }

    /** Looks up a row that lives shortly. */
    void brief(int number) {
        long start = System.nanoTime();
        Fresh fresh = new Fresh();
        LookupResult<List<Row>> result = read(plans.brief(number), fresh);
        long end = System.nanoTime();
        long stored = fresh.loadedAt == 0 ? 0 : latestFill(result, fresh, end);
        Kind kind = kind(Kind.BRIEF_LOOKUP, result);
        Row row = kind == Kind.THREW ? NO_ROW : rows(result).get(0);
        events.add(new Event(kind, number, start, end, row, stored));
    }

    /** When at the latest what was loaded has come to be in Redis: by now, if Redis has said so. */
    private long latestFill(@Nullable LookupResult<List<Row>> result, Fresh fresh, long end) {
        return result != null && result.current() ? end : fresh.loadedAt + latestFill;
    }

    /** Makes a row of this moment. */
    private static final class Fresh implements ValueLoader<List<Row>> {

        private long loadedAt;

        @Override
        public List<Row> load() {
            loadedAt = System.nanoTime();
            return List.of(new Row(loadedAt, 0));
        }
    }

    private @Nullable LookupResult<List<Row>> read(Item item, ValueLoader<List<Row>> loader) {
        try {
            return library.read(item, loader);
        } catch (Exception e) {
            System.out.println("A lookup threw " + e);
            return null;
        }
    }
}
