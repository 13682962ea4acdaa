package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import io.cachedconnection.internal.core.Answer;
import io.cachedconnection.internal.core.Cache;
import io.cachedconnection.internal.core.CacheCounters;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.NearSettings;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Loader;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.TtlChoice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The lookups of one thread, each of them recorded. */
final class Lookups {

    static final KeySpace SPACE = KeySpace.of("hot", "history");
    static final Plan<Row> PLAN = new Plan<>(
            new Cache("hot", Lookups::settings, new CacheCounters()), new RowCodec(), TtlChoice.annotated(null));

    private static final Row NO_ROW = new Row(0, 0);
    private static final KeySpace COLD = KeySpace.of("cold", "history");

    private final Engine engine;
    private final Rows rows;
    private final EventFile events;

    Lookups(Engine engine, Rows rows, EventFile events) {
        this.engine = engine;
        this.rows = rows;
        this.events = events;
    }

    private static CacheSettings settings() {
        return new CacheSettings(true, null, Duration.ofMinutes(2), Duration.ZERO, 0.1, 1 << 20, NearSettings.OFF);
    }

    static CacheKey key(int key) {
        return SPACE.key("row" + key);
    }

    /** Looks a hot row up, and must see what was written before this moment. */
    void now(int key) {
        long start = System.nanoTime();
        recorded(Kind.LOOKUP, key, start, start);
    }

    /** Looks a hot row up in a transaction that sees the database as it was at {@code snapshot}. */
    void since(int key, long snapshot) {
        recorded(Kind.LOOKUP, key, System.nanoTime(), snapshot);
    }

    /** Looks a hot row up of which this transaction may see more than others: what it sees is not judged. */
    void aside(int key) {
        read(key(key), () -> rows.load(key));
    }

    /** Looks up what this transaction has just written. */
    void own(int key, long version) {
        recorded(Kind.OWN_LOOKUP, key, System.nanoTime(), version);
    }

    private void recorded(Kind kind, int key, long start, long floor) {
        Row row = read(key(key), () -> loaded(key));
        Kind seen = row == null ? Kind.THREW : kind;
        events.add(new Event(seen, key, start, System.nanoTime(), row == null ? NO_ROW : row, floor));
    }

    private Row loaded(int key) throws Exception {
        long start = System.nanoTime();
        Row row = rows.load(key);
        events.add(new Event(Kind.LOAD, key, start, System.nanoTime(), row, start));
        return row;
    }

    /** Looks up a row that nobody has looked up before, and nobody writes. */
    void cold(int number) {
        read(COLD.key("row" + number), () -> {
            long start = System.nanoTime();
            Row row = rows.load(0);
            events.add(new Event(Kind.COLD_LOAD, number, start, System.nanoTime(), row, start));
            return row;
        });
    }

    private @Nullable Row read(CacheKey key, Loader<Row> loader) {
        try {
            Answer<Row> answer = engine.read(PLAN, key, loader);
            return answer.value();
        } catch (Exception e) {
            System.out.println("A lookup threw " + e);
            return null;
        }
    }
}
