package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.DirectTypesTest.A;
import io.cachedconnection.internal.json.DirectTypesTest.B;
import io.cachedconnection.internal.json.DirectTypesTest.Choice;
import io.cachedconnection.internal.json.DirectTypesTest.Copied;
import io.cachedconnection.internal.json.DirectTypesTest.Doubled;
import io.cachedconnection.internal.json.DirectTypesTest.Helped;
import io.cachedconnection.internal.json.DirectTypesTest.Swapped;
import io.cachedconnection.internal.json.RoundTripCheckTest.Positive;
import io.cachedconnection.testing.ScannedLog;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The direct codec by itself, and what it leaves to JSON-B. Public, as are the types in it: Yasson asks for that. */
@SuppressWarnings("JdkObsolete") // applications have them
public class DirectCodecTest {

    public record Item(String alpha, int beta, List<String> gamma) {}

    public record Lists(List<String> one, List<String> other) {}

    public record Point(int x, int y) {}

    public record Bag(Map<String, Integer> map, Set<String> set) {}

    private static final String ITEM = "{\"alpha\":\"a\",\"beta\":1,\"gamma\":[\"c\"]}";

    private final JsonbCodecs codecs = Provider.YASSON.codecs();

    @AfterEach
    void close() {
        codecs.close();
    }

    private DirectCodec<Object> direct(Type type) {
        ValueCodec<Object> codec = codecs.of(type);
        return (DirectCodec<Object>) codec;
    }

    @Test
    void decode_membersInAnyOrderWithSpaceAndOthers_isRead() throws Exception {
        Item item = new Item("a", 1, List.of("c"));
        for (String text : List.of(
                ITEM,
                "{\"gamma\":[\"c\"],\"beta\":1,\"alpha\":\"a\"}",
                " { \"alpha\" : \"a\" ,\n\t\"beta\":1 , \"gamma\" : [ \"c\" ] } ",
                "{\"aaa\":{\"alpha\":[1,2,{}]},\"alpha\":\"a\",\"b\":null,\"beta\":1,\"gamma\":[\"c\"],\"z\":1e300}",
                "{\"\\u0061lpha\":\"\\u0061\",\"beta\":1,\"gamma\":[\"\\u0063\"]}")) {
            assertThat(direct(Item.class).decode(text.getBytes(UTF_8))).as(text).isEqualTo(item);
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("a name twice", "{\"alpha\":\"a\",\"alpha\":\"a\",\"beta\":1,\"gamma\":[]}"),
                Arguments.of("a name twice", "{\"alpha\":\"a\",\"beta\":1,\"gamma\":[],\"\\u0061lpha\":null}"),
                Arguments.of("a name twice", "{\"x\":1,\"alpha\":\"a\",\"beta\":1,\"gamma\":[],\"x\":1}"),
                Arguments.of("a name twice", "{\"x\":1,\"alpha\":\"a\",\"beta\":1,\"beta\":1,\"gamma\":[]}"),
                Arguments.of("another shape than the type's", "{\"alpha\":\"a\",\"beta\":1}"),
                Arguments.of("another shape than the type's", "{}"),
                Arguments.of("another shape than the type's", ITEM.replace("1", "null")),
                Arguments.of("another shape than the type's", ITEM.replace("1", "1.0")),
                Arguments.of("another shape than the type's", ITEM.replace("1", "1e0")),
                Arguments.of("another shape than the type's", ITEM.replace("1", "2147483648")),
                Arguments.of("another shape than the type's", ITEM.replace("1", "9223372036854775808")),
                Arguments.of("another shape than the type's", ITEM.replace("1", "\"1\"")),
                Arguments.of("another shape than the type's", ITEM.replace("\"a\"", "1")),
                Arguments.of(
                        "another shape than the type's", ITEM.replace("[", "{").replace("]", ":1}")),
                Arguments.of("another shape than the type's", ITEM.replace("}", ",\"z\":1e400}")),
                Arguments.of("a number beyond all bounds", ITEM.replace("1", "1".repeat(1001))),
                Arguments.of("a number beyond all bounds", ITEM.replace("1", "1e00001")),
                Arguments.of("not JSON", ITEM.replace("1", "01")),
                Arguments.of("not JSON", ITEM.replace("1", "-")),
                Arguments.of("not JSON", ITEM.replace("1", "1.")),
                Arguments.of("not JSON", ITEM.replace("]", "],")),
                Arguments.of("not JSON", ITEM.replace("]", ",]")),
                Arguments.of("not JSON", ITEM.replace("\"a\"", "\"\n\"")),
                Arguments.of("not JSON", ITEM.replace("\"a\"", "\"\\\n\"")),
                Arguments.of("not JSON", ITEM.replace("\"a\"", "\"\\x\"")),
                Arguments.of("not JSON", ITEM.replace("\"a\"", "\"\\u00\uFF11\uFF11\"")),
                Arguments.of("not JSON", ITEM.replace("\"a\"", "nul")),
                Arguments.of("not JSON", ITEM.substring(0, ITEM.length() - 1)),
                Arguments.of("not JSON", ITEM.substring(0, 10)),
                Arguments.of("something after the value", ITEM + ","));
    }

    /** In the same words as by JSON-B, where the scan before it refuses. */
    @ParameterizedTest
    @MethodSource("wrong")
    void decode_whatIsNotAllowed_isRefused(String kind, String text) {
        assertThatThrownBy(() -> direct(Item.class).decode(text.getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown)
                .hasMessage(kind);
        assertThatThrownBy(() -> codecs.byJsonb(Item.class).decode(text.getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void decode_damagedUtf8_isRefused() {
        byte[] bytes = ITEM.replace("\"a\"", "\"é\"").getBytes(UTF_8);
        byte[] unknown = ITEM.replace("}", ",\"z\":\"é\"}").getBytes(UTF_8);
        for (byte[] text : List.of(bytes, unknown)) {
            for (int i = 0; i < text.length; i++) {
                text[i] = text[i] == (byte) 0xC3 ? (byte) 0xC0 : text[i];
            }
            assertThatThrownBy(() -> direct(Item.class).decode(text)).hasMessage("bytes that are not UTF-8");
        }
    }

    @Test
    void decode_replacementCharacterThatWasWritten_isRead() throws Exception {
        Item item = new Item("\uFFFD", 1, List.of());

        assertThat(direct(Item.class).decode(direct(Item.class).directOrNull(item)))
                .isEqualTo(item);
    }

    @Test
    void decode_recordThatRefuses_isRefusedAndSaysNothingOfTheValue() {
        assertThatThrownBy(() -> direct(Positive.class).decode("{\"count\":-1}".getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown)
                .hasMessage("java.lang.IllegalArgumentException in " + Positive.class.getName() + ".<init>");
    }

    /** No date has such a year, so JSON-B does not read it. */
    @Test
    void decode_momentBeyondAllDates_isRefused() {
        byte[] text = "\"+1000000000-12-31T23:59:59Z\"".getBytes(UTF_8);
        for (ValueCodec<Object> codec : List.of(direct(Instant.class), codecs.<Object>byJsonb(Instant.class))) {
            assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(UnreadableValueException.class);
        }
    }

    @Test
    void decode_numbers_areThoseOfTheJdk() throws Exception {
        Random random = new Random();
        for (int i = 0; i < 50_000; i++) {
            String digits =
                    BigInteger.valueOf(random.nextLong() >> random.nextInt(64)).toString();
            String text = digits
                    + (random.nextBoolean() ? "." + Math.abs(random.nextInt() >> random.nextInt(32)) : "")
                    + (random.nextBoolean() ? "e" + (random.nextInt(70) - 35) : "");
            byte[] bytes = text.getBytes(UTF_8);

            assertThat(direct(double.class).decode(bytes)).as(text).isEqualTo(Double.parseDouble(text));
            assertThat(direct(BigDecimal.class).decode(bytes)).as(text).isEqualTo(new BigDecimal(text));
            if (Float.isFinite(Float.parseFloat(text))) {
                assertThat(direct(float.class).decode(bytes)).as(text).isEqualTo(Float.parseFloat(text));
            }
        }
    }

    /** A record may do anything in its constructor and accessors; then it is tried. */
    @Test
    void encode_recordThatIsNotWhatItIsMadeOf_isTried() throws Exception {
        assertThat(direct(Helped.class).directOrNull(new Helped("a"))).isNotNull();
        assertThat(direct(Copied.class).directOrNull(new Copied(List.of("a")))).isNotNull();
        assertThat(direct(Swapped.class).directOrNull(new Swapped("a", "b"))).isNull();
        assertThat(direct(Doubled.class).directOrNull(new Doubled(1, 2, 3))).isNull();
        assertThatThrownBy(() -> direct(Swapped.class).encode(new Swapped("a", "b")))
                .hasMessageStartingWith("written, but read back as something else: Swapped.one");
        assertThat(direct(Doubled.class).encode(new Doubled(1, 2, 0))).isNotEmpty();
    }

    static Stream<Arguments> left() {
        List<String> list = new ArrayList<>(List.of("a"));
        return Stream.of(
                Arguments.of(Lists.class, new Lists(list, list)),
                Arguments.of(Lists.class, new Lists(List.of("\uD83D"), null)),
                Arguments.of(Lists.class, new Lists(new ArrayList<>(List.of("a")) {}, null)),
                Arguments.of(Bag.class, new Bag(null, new LinkedHashSet<>(List.of("a", "b")))),
                Arguments.of(Bag.class, new Bag(new TreeMap<>(Map.of("a", 1)), null)),
                Arguments.of(float.class, -0f),
                Arguments.of(double.class, Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("left")
    void encode_whatMayNotComeBack_isLeftToJsonb(Type type, Object value) {
        assertThat(direct(type).directOrNull(value)).isNull();
    }

    /** A provider may read it without its sign, so none is to write it. */
    @Test
    void encode_negativeZero_isRefused() {
        for (Object value : List.of(-0.0, new double[] {1, -0.0}, -0f)) {
            assertThatThrownBy(() -> direct(
                                    value instanceof Double
                                            ? double.class
                                            : value instanceof Float ? float.class : double[].class)
                            .encode(value))
                    .hasMessageContaining("a negative zero");
        }
    }

    /** What is wrapped shows what happens to the list beside it; two lists of their own would not. */
    @Test
    void encode_listBesideAWrapperOfIt_isRefused() {
        List<String> list = new ArrayList<>(List.of("a"));
        List<String> wrapper = Collections.unmodifiableList(list);

        assertThatThrownBy(() -> direct(Lists.class).encode(new Lists(list, wrapper)))
                .hasMessageContaining("wraps what stands in several places");
        assertThatThrownBy(() -> direct(Lists.class).encode(new Lists(wrapper, list)))
                .hasMessageContaining("is also behind a wrapper");
        assertThatThrownBy(() -> direct(Lists.class).encode(new Lists(wrapper, Collections.unmodifiableList(list))))
                .hasMessageContaining("wraps what stands in several places");
        assertThat(direct(Lists.class).directOrNull(new Lists(wrapper, wrapper)))
                .isNotNull();
    }

    @Test
    void encode_wrapperOfWhatIsForSeveralThreads_isRefused() {
        List<String> list = Collections.unmodifiableList(new CopyOnWriteArrayList<>(List.of("a")));

        assertThatThrownBy(() -> direct(Lists.class).encode(new Lists(list, null)))
                .hasMessageContaining("wraps java.util.concurrent.CopyOnWriteArrayList");
    }

    /** With one hash each element would be compared with all before it: for seconds, and at every hit. */
    @Test
    void decode_setOfElementsWithOneHash_isRefused() {
        DirectCodec<Object> points = direct(new Types<Set<Point>>() {}.type());
        String text = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"x\":" + i + ",\"y\":" + -31 * i + "}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThatThrownBy(() -> points.decode(text.getBytes(UTF_8))).hasMessageContaining("elements with one hash");
    }

    /** Whether a collection of another class can do the same is found out by comparing. */
    @Test
    void encode_collectionThatComesBackAsOneThatCanDoTheSame_isDirect() throws Exception {
        List<String> list = new ArrayList<>(List.of("a", "b", "c"));
        for (List<String> each : List.of(
                new LinkedList<>(list),
                Collections.unmodifiableList(list),
                Collections.synchronizedList(list),
                list.subList(1, 3),
                List.copyOf(list),
                Collections.unmodifiableList(List.of("a", "b", "c")),
                Collections.unmodifiableList(Stream.of("a", "b").toList()),
                Stream.of("a", "b").toList())) {
            byte[] payload = direct(Lists.class).directOrNull(new Lists(each, null));

            assertThat(payload).as(each.getClass().getName()).isNotNull();
            assertThat(direct(Lists.class).decode(payload)).isEqualTo(new Lists(each, null));
        }
    }

    /** A key has one spelling, the one that is written. */
    @Test
    void decode_keySpelledOtherwise_isRefused() throws Exception {
        DirectCodec<Object> numbers = direct(new Types<Map<Integer, String>>() {}.type());
        DirectCodec<Object> ids = direct(new Types<Map<UUID, String>>() {}.type());

        assertThat(numbers.decode("{\"1\":\"a\"}".getBytes(UTF_8))).isEqualTo(Map.of(1, "a"));
        for (String key : List.of("01", "+1", "-0", "1.0", "", " 1")) {
            assertThatThrownBy(() -> numbers.decode(("{\"" + key + "\":\"a\"}").getBytes(UTF_8)))
                    .as(key)
                    .isInstanceOf(UnreadableValueException.class);
        }
        assertThatThrownBy(() -> ids.decode("{\"0000000A-0000-0000-0000-000000000000\":\"a\"}".getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class);
    }

    /** The member that tells the record comes first, and once. */
    @Test
    void decode_sealedInterface_takesNoOtherRecord() throws Exception {
        DirectCodec<Object> codec = direct(Choice.class);
        Choice value = new B(1, new A(2));

        assertThat(codec.directOrNull(value))
                .asString(UTF_8)
                .isEqualTo("{\"@type\":\"b\",\"b\":1,\"next\":{\"@type\":\"a\",\"a\":2}}");
        assertThat(codec.decode(codec.directOrNull(value))).isEqualTo(value);
        for (String wrong : List.of(
                "{}",
                "{\"a\":1}",
                "{\"@type\":\"c\",\"a\":1}",
                "{\"@type\":\"a\"}",
                "{\"@type\":\"a\",}",
                "{\"@type\":\"a\",\"b\":1}",
                "{\"@type\":\"a\",\"@type\":\"a\",\"a\":1}",
                "{\"@type\":\"a\",\"a\":1,\"@type\":\"b\"}",
                "{\"@type\":1,\"a\":1}")) {
            assertThatThrownBy(() -> codec.decode(wrong.getBytes(UTF_8)))
                    .as(wrong)
                    .isInstanceOf(UnreadableValueException.class);
        }
    }

    @Test
    void encode_listsOfTheJdk_areWrittenDirectly() {
        for (List<String> list : List.of(
                new ArrayList<String>(),
                List.<String>of(),
                List.of("a"),
                List.of("a", "b", "c"),
                Arrays.asList("a", null),
                Stream.of("a").toList())) {
            assertThat(direct(Lists.class).directOrNull(new Lists(list, List.of())))
                    .as(list.getClass().getName())
                    .isNotNull();
        }
    }

    @Test
    void of_typeInClassesOfAnApplication_keepsNoneOfThemWhenClosed(@TempDir Path folder) throws Exception {
        WeakReference<ClassLoader> loader = written(folder);

        assertIsForgotten(loader);
    }

    /** In a method of its own, so that nothing on the stack holds the class. */
    private static WeakReference<ClassLoader> written(Path folder) throws Exception {
        Class<?> made = new CompiledSources(folder).made("public record Made(String a, int b, List<Made> c) {}");
        JsonbCodecs codecs = Provider.YASSON.codecs();
        ValueCodec<Object> codec = codecs.of(made);
        for (int i = 0; i < 300; i++) { // often enough for handles to be compiled
            codec.decode(codec.encode(codec.decode("{\"a\":\"x\",\"b\":1,\"c\":[]}".getBytes(UTF_8))));
        }
        codecs.close();
        return new WeakReference<>(made.getClassLoader());
    }

    @Timeout(30)
    @SuppressWarnings("BusyWait")
    private static void assertIsForgotten(WeakReference<ClassLoader> loader) {
        while (loader.get() != null) {
            System.gc();
        }
    }

    /** Some providers read it without its sign. */
    @Test
    void encode_negativeZero_isLeftToJsonb() {
        assertThat(direct(double[].class).directOrNull(new double[] {1, -0.0})).isNull();
        assertThat(direct(double[].class).directOrNull(new double[] {1, 0.0})).isNotNull();
    }

    /** What is written and read differently, by whichever codec, is not stored: hits are read directly. */
    @Test
    void encode_numberThatIsNotRead_isRefused() {
        BigDecimal number = new BigDecimal(new BigInteger("9".repeat(1000)), 1003);

        assertThatThrownBy(() -> direct(BigDecimal.class).encode(number)).isInstanceOf(UnreadableValueException.class);
    }

    /** A record with an idea of its own, whatever its class file says. */
    public record Doubling(String text) {
        public Doubling {
            text = text + text;
        }
    }

    @Test
    void encode_constructorChangesWhatItGets_isRefused() {
        assertThatThrownBy(() -> direct(Doubling.class).encode(new Doubling("a")))
                .isInstanceOf(UnreadableValueException.class);
    }
}
