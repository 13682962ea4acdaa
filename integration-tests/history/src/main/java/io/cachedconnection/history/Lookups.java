package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import io.cachedconnection.internal.core.Answer;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.Loader;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.Source;
import org.jspecify.annotations.Nullable;

/** The lookups of one thread, each of them recorded. */
final class Lookups {

    private static final Row NO_ROW = new Row(0, 0);

    /** A fill may be late, but its lease and the fence that holds it do not live longer. */
    static final long LATEST_FILL =
            Options.LEASE.plus(Options.MAX_TRANSACTION_AGE).toNanos();

    private final Engine engine;
    private final Plans plans;
    private final Rows rows;
    private final EventFile events;

    Lookups(Engine engine, Plans plans, Rows rows, EventFile events) {
        this.engine = engine;
        this.plans = plans;
        this.rows = rows;
        this.events = events;
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
        read(plans.hot(), Plans.hot(key), () -> rows.load(key));
    }

    /** Looks up what this transaction has just written. */
    void own(int key, long version) {
        recorded(Kind.OWN_LOOKUP, key, System.nanoTime(), version);
    }

    private void recorded(Kind kind, int key, long start, long floor) {
        Answer<Row> answer = read(plans.hot(), Plans.hot(key), () -> loaded(key));
        events.add(new Event(kind(kind, answer), key, start, System.nanoTime(), row(answer), floor));
    }

    private static Kind kind(Kind asked, @Nullable Answer<Row> answer) {
        if (answer == null || answer.value() == null) {
            return Kind.THREW;
        }
        return asked == Kind.LOOKUP && answer.source() == Source.NEAR ? Kind.NEAR_LOOKUP : asked;
    }

    private static Row row(@Nullable Answer<Row> answer) {
        return answer == null || answer.value() == null ? NO_ROW : answer.value();
    }

    private Row loaded(int key) throws Exception {
        long start = System.nanoTime();
        Row row = rows.load(key);
        events.add(new Event(Kind.LOAD, key, start, System.nanoTime(), row, start));
        return row;
    }

    /** Looks up a row that nobody has looked up before, and nobody writes. */
    void cold(int number) {
        read(plans.cold(), Plans.cold(number), () -> {
            long start = System.nanoTime();
            Row row = rows.load(0);
            events.add(new Event(Kind.COLD_LOAD, number, start, System.nanoTime(), row, start));
            return row;
        });
    }

    /** Looks up a row that lives shortly. */
    void brief(int number) {
        long start = System.nanoTime();
        Fresh fresh = new Fresh();
        Answer<Row> answer = read(plans.brief(), Plans.brief(number), fresh);
        long end = System.nanoTime();
        long stored = fresh.loadedAt == 0 ? 0 : latestFill(answer, fresh, end);
        Kind kind = kind(Kind.BRIEF_LOOKUP, answer);
        events.add(new Event(kind, number, start, end, row(answer), stored));
    }

    /** When at the latest what was loaded has come to be in Redis: by now, if Redis has said so. */
    private static long latestFill(@Nullable Answer<Row> answer, Fresh fresh, long end) {
        return answer != null && answer.current() ? end : fresh.loadedAt + LATEST_FILL;
    }

    /** Makes a row of this moment. */
    private static final class Fresh implements Loader<Row> {

        private long loadedAt;

        @Override
        public Row load() {
            loadedAt = System.nanoTime();
            return new Row(loadedAt, 0);
        }
    }

    private @Nullable Answer<Row> read(Plan<Row> plan, CacheKey key, Loader<Row> loader) {
        try {
            return engine.read(plan, key, loader);
        } catch (Exception e) {
            System.out.println("A lookup threw " + e);
            return null;
        }
    }
}
