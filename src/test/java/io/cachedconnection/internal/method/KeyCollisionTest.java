package io.cachedconnection.internal.method;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.method.CachedMethod.CallName;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Hunts for two lists of arguments that have one key, with words made to run into each other. */
@SuppressWarnings("JavaUtilDate")
class KeyCollisionTest {

    record Range(String from, Optional<String> to) {}

    interface Shape {}

    static class TwoWords implements Shape {
        @CachedConnection
        public String find(String a, String b) {
            return "";
        }
    }

    static class Words implements Shape {
        @CachedConnection
        public String find(List<String> words) {
            return "";
        }
    }

    static class MaybeWord implements Shape {
        @CachedConnection
        public String find(Optional<String> word, String other) {
            return "";
        }
    }

    static class OneRange implements Shape {
        @CachedConnection(cache = "ranges")
        public String find(Range range, String word) {
            return "";
        }
    }

    static class NestedLists implements Shape {
        @CachedConnection
        public String find(List<List<String>> lists, Optional<List<String>> list) {
            return "";
        }
    }

    record Search(
            @Nullable String country,
            @Nullable BigDecimal price,
            @Nullable List<@Nullable String> words) {}

    static class Searches implements Shape {
        @CachedConnection(cache = "searches")
        public String find(
                Search search, Set<String> tags, double weight, Locale locale, String[] shelves, Date since) {
            return "";
        }
    }

    static class ByTemplate implements Shape {
        @CachedConnection(cache = "t", key = "of-{range.from}-x:{0}:-{range.to}:y")
        public String find(String word, Range range) {
            return "";
        }
    }

    @Property
    void key_twoWords_areApart(@ForAll("tuplesOfTwoWords") List<List<Object>> tuples) {
        assertApart(TwoWords.class, "provider:conn", tuples);
    }

    @Property
    void key_lists_areApart(@ForAll("tuplesOfLists") List<List<Object>> tuples) {
        assertApart(Words.class, "provider:conn", tuples);
    }

    @Property
    void key_optionals_areApart(@ForAll("tuplesOfOptionals") List<List<Object>> tuples) {
        assertApart(MaybeWord.class, "provider:conn", tuples);
    }

    @Property
    void key_records_areApart(@ForAll("tuplesOfRanges") List<List<Object>> tuples) {
        assertApart(OneRange.class, "ranges", tuples);
    }

    @Property
    void key_nestedLists_areApart(@ForAll("tuplesOfNestedLists") List<List<Object>> tuples) {
        assertApart(NestedLists.class, "provider:conn", tuples);
    }

    @Property
    void key_templates_areApart(@ForAll("tuplesOfTemplates") List<List<Object>> tuples) {
        assertApart(ByTemplate.class, "t", tuples);
    }

    @Property
    void key_searches_areApartAndEqualOnesAreNot(@ForAll("tuplesOfSearches") List<List<Object>> tuples) {
        CachedMethod method = Readings.only(Searches.class);
        Map<String, List<Object>> byKey = new HashMap<>();
        Map<List<Object>, String> byValues = new HashMap<>();
        for (List<Object> tuple : tuples) {
            String key = method.key(tuple.toArray()).text();
            assertWellFormed(key, "searches");
            List<Object> values =
                    tuple.stream().map(KeyCollisionTest::comparable).toList();
            assertThat(byKey.computeIfAbsent(key, fresh -> values)).as(key).isEqualTo(values);
            assertThat(byValues.computeIfAbsent(values, fresh -> key)).isEqualTo(key);
        }
    }

    /** What is equal where {@code value} means the same. */
    private static Object comparable(Object value) {
        if (value instanceof Search search) {
            BigDecimal price = search.price();
            return Arrays.asList(search.country(), price == null ? null : price.stripTrailingZeros(), search.words());
        }
        if (value instanceof Date date) {
            return date instanceof Timestamp timestamp ? timestamp.toInstant() : Instant.ofEpochMilli(date.getTime());
        }
        if (value instanceof Object[] array) {
            return List.of(array);
        }
        return value instanceof Double number && number == 0 ? 0.0 : value;
    }

    private static void assertApart(Class<? extends Shape> bean, String prefix, List<List<Object>> tuples) {
        CachedMethod method = Readings.only(bean);
        Map<String, List<Object>> seen = new HashMap<>();
        Map<CallName, EntryKey> names = new HashMap<>();
        for (List<Object> tuple : tuples) {
            assertNamedAlike(method, tuple, names);
            EntryKey key = method.key(tuple.toArray());
            assertWellFormed(key.text(), prefix);
            List<Object> earlier = seen.putIfAbsent(key.text(), tuple);
            assertThat(earlier == null || earlier.equals(tuple))
                    .as("one key for two: %s", key.text())
                    .isTrue();
        }
    }

    /** The near cache goes by names: one name, one key. */
    private static void assertNamedAlike(CachedMethod method, List<Object> tuple, Map<CallName, EntryKey> names) {
        CallName name = method.name(tuple.toArray());
        assertThat(name).isEqualTo(method.name(tuple.toArray())).hasSameHashCodeAs(method.name(tuple.toArray()));
        EntryKey key = method.key(tuple.toArray());
        assertThat(method.key(name)).isEqualTo(key);
        EntryKey earlier = names.putIfAbsent(name, key);
        assertThat(earlier == null || earlier.equals(key))
                .as("one name for two keys")
                .isTrue();
    }

    private static void assertWellFormed(String key, String prefix) {
        assertThat(key).startsWith(prefix + ":").doesNotContainAnyWhitespaces().doesNotContain("{", "}");
        assertThat(key.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSpaceChar(c)))
                .isTrue();
        assertThat(key.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(512);
        assertThat(UTF_8.newEncoder().canEncode(key)).isTrue();
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfTwoWords() {
        return many(tuple(words(), words()));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfLists() {
        return many(words().list().ofMaxSize(3).map(List::of));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfOptionals() {
        return many(tuple(words().optional(), words()));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfRanges() {
        return many(tuple(ranges(), words()));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfNestedLists() {
        Arbitrary<List<String>> list = words().list().ofMaxSize(2);
        return many(tuple(list.list().ofMaxSize(2), list.optional()));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfSearches() {
        Arbitrary<String> word = words().filter(each -> each.length() < 10);
        Arbitrary<BigDecimal> price = Arbitraries.of("1", "1.0", "1.00", "10", "1E1", "0", "0.00", "-1E40", "1E-50")
                .map(BigDecimal::new);
        Arbitrary<Search> search = Combinators.combine(
                        word.injectNull(0.3),
                        price.injectNull(0.3),
                        word.injectNull(0.3).list().ofMaxSize(2).injectNull(0.3))
                .as(Search::new);
        Arbitrary<Locale> locale = Arbitraries.of(
                Locale.ROOT, Locale.GERMAN, Locale.GERMANY, new Locale("no", "NO", "NY"), new Locale("nn", "NO"));
        Arbitrary<Date> since = Arbitraries.of(
                new Date(0), new Timestamp(0), Timestamp.from(Instant.ofEpochSecond(0, 1)), new java.sql.Date(1));
        Arbitrary<Double> weight =
                Arbitraries.of(0.0, -0.0, 0.1, 0.1 + 1e-17, 0.30000000000000004, 0.3, Double.NaN, 1.0, 10.0);
        // Few of each, so that some tuples meet.
        return many(Combinators.combine(
                        search,
                        Arbitraries.of("a", "b", "a%,b", "").set().ofMaxSize(2),
                        weight,
                        locale,
                        word.array(String[].class).ofMaxSize(2),
                        since)
                .as((a, b, c, d, e, f) -> List.of(a, b, c, d, e, f)));
    }

    @Provide
    Arbitrary<List<List<Object>>> tuplesOfTemplates() {
        return many(tuple(words(), ranges()));
    }

    private static Arbitrary<Range> ranges() {
        return Combinators.combine(words(), words().optional()).as(Range::new);
    }

    private static Arbitrary<List<Object>> tuple(Arbitrary<?> one, Arbitrary<?> other) {
        return Combinators.combine(one, other).as((a, b) -> List.of(a, b));
    }

    private static Arbitrary<List<List<Object>>> many(Arbitrary<List<Object>> tuples) {
        return tuples.list().ofMinSize(2).ofMaxSize(60);
    }

    /** Short words of few characters, so that some meet; now and then a character of any kind, or a very long word. */
    private static Arbitrary<String> words() {
        List<String> pieces = new ArrayList<>(Arrays.asList(
                ":", "%", "{", "}", "\n", "\r", " ", "\u00A0", "\u2028", "\u0000", "%3A", "%-", "%(", "%,", "%)", "%~",
                "a", "-x", "-", "\uD83D", "\uDE00", "?", "\u00E9", "3A", "25"));
        Arbitrary<String> piece = Arbitraries.of(pieces);
        Arbitrary<String> shortWord = piece.list().ofMaxSize(2).map(list -> String.join("", list));
        Arbitrary<String> longWord = shortWord.map(tail -> "x".repeat(100_000) + tail);
        Arbitrary<String> mediumWord = shortWord.map(tail -> "\u00E9:".repeat(110) + tail);
        Arbitrary<String> anyWord =
                Arbitraries.chars().all().list().ofMaxSize(3).map(KeyCollisionTest::word);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(60, shortWord),
                net.jqwik.api.Tuple.of(1, longWord),
                net.jqwik.api.Tuple.of(3, mediumWord),
                net.jqwik.api.Tuple.of(6, anyWord));
    }

    private static String word(List<Character> characters) {
        StringBuilder word = new StringBuilder();
        characters.forEach(word::append);
        return word.toString();
    }
}
