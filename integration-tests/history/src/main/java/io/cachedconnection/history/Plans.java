package io.cachedconnection.history;

import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The lookups of a node. Every value is a list of rows.
 *
 * @param hot of rows that are written
 * @param views of such a row together with the next one, so a write of a row makes two of them old
 * @param cold of rows that nobody writes, and that all look up at the same time
 * @param brief of rows that nobody writes, and that live shortly
 */
record Plans(
        CacheBinding<List<Row>> hot,
        CacheBinding<List<Row>> views,
        CacheBinding<List<Row>> cold,
        CacheBinding<List<Row>> brief) {

    static final KeySpace HOT = KeySpace.of("hot", "history");
    static final KeySpace VIEWS = KeySpace.of("views", "history");
    static final Duration BRIEF_LIFE = Duration.ofMillis(400);

    private static final int FEW = 2; // so that the rows of a cache push each other out
    private static final KeySpace COLD = KeySpace.of("cold", "history");
    private static final KeySpace BRIEF = KeySpace.of("brief", "history");

    /**
     * What is looked up under one key.
     *
     * @param rows the numbers of the rows that its value is made of
     */
    record Item(CacheBinding<List<Row>> plan, EntryKey key, List<Integer> rows) {}

    /** Those of a node that keeps in its memory what {@code settings} say. */
    static Plans with(NearCaches near, NearSettings settings) {
        TtlChoice general = TtlChoice.annotated(null);
        NearSettings few = new NearSettings(settings.enabled(), FEW, settings.maxStaleness());
        return new Plans(
                plan(HOT, near, settings, general),
                plan(VIEWS, near, settings, general),
                plan(COLD, near, few, general),
                plan(BRIEF, near, few, TtlChoice.exactly(BRIEF_LIFE)));
    }

    private static CacheBinding<List<Row>> plan(KeySpace space, NearCaches near, NearSettings settings, TtlChoice ttl) {
        CacheSettings all = new CacheSettings(true, null, Duration.ofMinutes(2), Duration.ZERO, 0.1, 1 << 20, settings);
        Cache cache = new Cache(
                space.cache(),
                () -> all,
                new CacheCounters(),
                settings.enabled() ? near.of(space, () -> settings) : null);
        return new CacheBinding<>(cache, new RowsCodec(), EntryFormat.none(), ttl);
    }

    /** The row after {@code row}. */
    static int next(int row) {
        return (row + 1) % Options.HOT_KEYS;
    }

    Item hot(int row) {
        return new Item(hot, key(HOT, row), List.of(row));
    }

    Item view(int row) {
        return new Item(views, key(VIEWS, row), List.of(row, next(row)));
    }

    /** All that gets old when {@code row} is written. */
    Stream<Item> of(int row) {
        return Stream.of(hot(row), view(row), view((row + Options.HOT_KEYS - 1) % Options.HOT_KEYS));
    }

    Item cold(int row) {
        return new Item(cold, key(COLD, row), List.of());
    }

    Item brief(int row) {
        return new Item(brief, key(BRIEF, row), List.of());
    }

    private static EntryKey key(KeySpace space, int row) {
        return space.key("row" + row);
    }

    /** A name in Redis of each hot row, and of what is known of all. */
    static List<String> namesInRedis() {
        Stream<String> rows = IntStream.range(0, Options.HOT_KEYS)
                .mapToObj(row -> key(HOT, row).text());
        return Stream.concat(rows, Stream.of(HOT.fence(), VIEWS.fence())).toList();
    }
}
