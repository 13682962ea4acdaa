package io.cachedconnection.history;

import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.envelope.Envelopes;
import java.time.Duration;
import java.util.List;
import java.util.Random;
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

    static final KeySpace TAGS = KeySpace.ofTags("history", KeyNames.clear());
    static final KeySpace HOT = stamped("hot");
    static final KeySpace VIEWS = stamped("views");
    static final Duration BRIEF_LIFE = Duration.ofMillis(400);

    private static final int FEW = 2; // so that the rows of a cache push each other out
    private static final int ROWS_OF_A_TAG = 4;
    private static final KeySpace COLD = stamped("cold");
    private static final KeySpace BRIEF = stamped("brief");
    private static final EntryFormat FORMAT =
            new Envelopes(System::currentTimeMillis).wrapping(FormatSettings.DEFAULT, 1);

    /**
     * What is looked up under one key.
     *
     * @param rows the numbers of the rows that its value is made of
     */
    record Item(CacheBinding<List<Row>> plan, EntryKey key, List<Integer> rows) {}

    /** Those of a node that keeps in its memory what {@code settings} say. */
    static Plans with(NearCaches near, NearSettings settings, Options options) {
        VerificationSettings verified = new VerificationSettings(options.verify(), false);
        VerificationSettings ofCold =
                options.without() == Options.Without.EVICTIONS ? verified : VerificationSettings.OFF;
        TtlChoice general = TtlChoice.annotated(null);
        NearSettings few = new NearSettings(settings.enabled(), FEW, settings.maxStaleness());
        return new Plans(
                plan(HOT, near, settings, general, verified),
                plan(VIEWS, near, settings, general, verified),
                plan(COLD, near, few, general, ofCold),
                plan(BRIEF, near, few, TtlChoice.exactly(BRIEF_LIFE), VerificationSettings.OFF));
    }

    private static CacheBinding<List<Row>> plan(
            KeySpace space, NearCaches near, NearSettings settings, TtlChoice ttl, VerificationSettings verification) {
        CacheSettings all = new CacheSettings(
                true, true, null, Duration.ofMinutes(2), Duration.ZERO, 0.1, 1 << 20, settings, verification);
        Cache cache = new Cache(
                space.cache(),
                () -> all,
                new CacheCounters(),
                settings.enabled() ? near.of(space, () -> settings) : null);
        return new CacheBinding<>(cache, new RowsCodec(), FORMAT, ttl);
    }

    /** What the library has counted of all lookups. */
    List<CacheCounters> counters() {
        return Stream.of(hot, views, cold, brief)
                .map(plan -> plan.cache().counters())
                .toList();
    }

    /** How many hits were verified on this node. */
    long verified() {
        return Stream.of(hot, views, cold)
                .mapToLong(plan -> plan.cache().counters().of(CacheCounters.Event.VERIFIED))
                .sum();
    }

    /** The row after {@code row}. */
    static int next(int row) {
        return (row + 1) % Options.HOT_KEYS;
    }

    private static KeySpace stamped(String cache) {
        return KeySpace.of(cache, "history").stamped(TAGS, false);
    }

    /** The tag of {@code row} and some of its neighbours: all that shows one of them carries its stamp. */
    static EntryKey tag(int row) {
        return TAGS.key("rows" + row / ROWS_OF_A_TAG);
    }

    /** Some rows with one tag, in their order. */
    static List<Integer> rowsOfOneTag(Random random, int most) {
        int first = random.nextInt(Options.HOT_KEYS / ROWS_OF_A_TAG) * ROWS_OF_A_TAG;
        return random.ints(first, first + ROWS_OF_A_TAG)
                .distinct()
                .limit(1 + random.nextInt(most))
                .sorted()
                .boxed()
                .toList();
    }

    Item hot(int row) {
        return new Item(hot, key(HOT, row).with(List.of(tag(row))), List.of(row));
    }

    Item view(int row) {
        List<EntryKey> tags = Stream.of(tag(row), tag(next(row))).distinct().toList();
        return new Item(views, key(VIEWS, row).with(tags), List.of(row, next(row)));
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

    /** A name in Redis of each hot row, of its tag, and of what is known of all. */
    static List<String> namesInRedis() {
        Stream<String> rows = IntStream.range(0, Options.HOT_KEYS)
                .boxed()
                .flatMap(row -> Stream.of(key(HOT, row).text(), tag(row).text()))
                .distinct();
        Stream<String> ofAll = Stream.of(HOT, VIEWS)
                .flatMap(space -> Stream.of(space.fence(), space.tags().get(0).text()));
        return Stream.of(rows, ofAll, Stream.of(TAGS.fence()))
                .flatMap(names -> names)
                .toList();
    }
}
