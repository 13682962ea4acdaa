package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TextAdapters that are too much, and those that are just not. Public, as are the types in it: Yasson asks for that. */
public class ScanLimitsTest {

    private static final int MB = 1_000_000;
    private static final long SMALL_STACK = 256 * 1024;
    private static final Type NUMBERS = new Types<List<Integer>>() {}.type();
    private static final Type NAMED = new Types<Map<String, Integer>>() {}.type();
    private static final Type TEXTS = new Types<List<String>>() {}.type();

    /** One that holds itself. */
    public record Node(Node next) {}

    /** One that holds itself in lists. */
    public record Tree(List<Tree> trees) {}

    /** One that other members are not known of. */
    public record Empty(String name) {}

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "0").collect(Collectors.joining(",", "[", "]"));
    }

    private static String named(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void decode_asManyElementsAsAllowed_isRead(Provider provider) throws Exception {
        ValueCodec<List<Integer>> lists = provider.codecs().of(NUMBERS);
        ValueCodec<Map<String, Integer>> maps = provider.codecs().of(NAMED);

        assertThat(lists.decode(numbers(JsonValidator.MAX_ELEMENTS).getBytes(UTF_8)))
                .hasSize(JsonValidator.MAX_ELEMENTS);
        assertThat(maps.decode(named(JsonValidator.MAX_ELEMENTS).getBytes(UTF_8)))
                .hasSize(JsonValidator.MAX_ELEMENTS);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void decode_oneMore_isRefused(Provider provider) {
        JsonbCodecs codecs = provider.codecs();

        refusesElements(() -> codecs.of(NUMBERS)
                .decode(numbers(JsonValidator.MAX_ELEMENTS + 1).getBytes(UTF_8)));
        refusesElements(() ->
                codecs.of(NAMED).decode(named(JsonValidator.MAX_ELEMENTS + 1).getBytes(UTF_8)));
        refusesElements(() -> codecs.of(new Types<List<Map<String, Integer>>>() {}.type())
                .decode(("[" + named(JsonValidator.MAX_ELEMENTS) + "]").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void encode_oneMore_isRefused(Provider provider) throws Exception {
        ValueCodec<List<Integer>> codec = provider.codecs().of(NUMBERS);

        assertThat(codec.encode(Collections.nCopies(JsonValidator.MAX_ELEMENTS, 0)))
                .hasSize(2 * JsonValidator.MAX_ELEMENTS + 1);
        refusesElements(() -> codec.encode(Collections.nCopies(JsonValidator.MAX_ELEMENTS + 1, 0)));
    }

    private static void refusesElements(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UnreadableValueException.class).hasMessage("more than 1000000 elements");
    }

    static Stream<Arguments> deepest() {
        int objects = JsonValidator.MAX_DEPTH;
        String node = "{\"next\":".repeat(objects) + "null" + "}".repeat(objects);
        int levels = JsonValidator.MAX_DEPTH / 2;
        String tree = "{\"trees\":[".repeat(levels) + "]}".repeat(levels);
        String unknown = "[".repeat(objects - 1) + "]".repeat(objects - 1);
        // Yasson writes a list whose type is not declared as an empty object, so it is refused there.
        Stream<Arguments> ofJohnzon = Stream.of(Arguments.of(Provider.JOHNZON, Object.class, unknown));
        Stream<Arguments> ofBoth = Stream.of(Provider.values())
                .flatMap(provider -> Stream.of(
                        Arguments.of(provider, Node.class, node),
                        Arguments.of(provider, Tree.class, tree),
                        Arguments.of(provider, Empty.class, "{\"name\":null,\"more\":" + unknown + "}")));
        return Stream.concat(ofJohnzon, ofBoth);
    }

    /** As deep as it may be, on a thread that has but a quarter of the usual stack. */
    @ParameterizedTest
    @MethodSource("deepest")
    void codec_asDeepAsAllowed_needsLittleStack(Provider provider, Type type, String text) throws Exception {
        ValueCodec<Object> codec = provider.codecs().of(type);
        FutureTask<byte[]> task = new FutureTask<>(() -> codec.encode(codec.decode(text.getBytes(UTF_8))));
        Thread thread = new Thread(null, task, "small", SMALL_STACK);
        thread.start();

        assertThat(catchThrowable(task::get)).isNull();
        assertThat(task.get()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void decode_oneDeeper_isRefused(Provider provider) {
        int depth = JsonValidator.MAX_DEPTH + 1;
        String text = "{\"next\":".repeat(depth) + "null" + "}".repeat(depth);

        assertThatThrownBy(() -> provider.codecs().of(Node.class).decode(text.getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessage("nested too deeply");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                        Arguments.of(Tree.class, "[".repeat(MB)),
                        Arguments.of(Object.class, "[".repeat(MB)),
                        Arguments.of(Node.class, "{\"next\":".repeat(MB / 8)),
                        Arguments.of(Object.class, "{\"a\":".repeat(MB / 5)),
                        Arguments.of(Empty.class, "{\"name\":null,\"more\":" + "{\"a\":".repeat(MB / 5)),
                        Arguments.of(TEXTS, "[" + "{},".repeat(MB / 3) + "{}]"),
                        Arguments.of(Object.class, "[" + "{},".repeat(JsonValidator.MAX_ELEMENTS) + "{}]"),
                        Arguments.of(Object.class, "[" + "[],".repeat(JsonValidator.MAX_ELEMENTS) + "[]]"),
                        Arguments.of(String.class, "\"" + "a".repeat(MB)),
                        Arguments.of(Object.class, "9".repeat(MB)),
                        Arguments.of(double.class, "0." + "9".repeat(MB)),
                        Arguments.of(String.class, "\"" + "\\u00e".repeat(MB / 6) + "\""),
                        Arguments.of(Object.class, " ".repeat(MB)),
                        Arguments.of(NAMED, colliding(16, ":0") + "x"),
                        Arguments.of(Object.class, named(JsonValidator.MAX_ELEMENTS + 1)))
                .flatMap(each -> Stream.of(Provider.values())
                        .map(provider -> Arguments.of(provider, each.get()[0], each.get()[1])));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void decode_hostileText_isRefusedOnASmallStack(Provider provider, Type type, String text) throws Exception {
        ValueCodec<Object> codec = provider.codecs().of(type);
        FutureTask<Object> task = new FutureTask<>(() -> codec.decode(text.getBytes(UTF_8)));
        new Thread(null, task, "small", SMALL_STACK).start();

        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnreadableValueException.class);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void decode_longStringAndManyEscapes_areRead(Provider provider) throws Exception {
        ValueCodec<String> codec = provider.codecs().of(String.class);

        assertThat(codec.decode(("\"" + "a".repeat(MB) + "\"").getBytes(UTF_8))).hasSize(MB);
        assertThat(codec.decode(("\"" + "\\u00e9".repeat(MB / 6) + "\"").getBytes(UTF_8)))
                .isEqualTo("é".repeat(MB / 6));
    }

    /** Names that all have one hash code, as an attacker would choose them: 65,536 of them, 2 MB. */
    @ParameterizedTest
    @EnumSource(Provider.class)
    void decode_namesThatCollide_areRead(Provider provider) throws Exception {
        String text = colliding(16, ":0");
        ValueCodec<Map<String, Integer>> codec = provider.codecs().of(NAMED);

        Map<String, Integer> read = codec.decode(text.getBytes(UTF_8));

        assertThat(read).hasSize(1 << 16);
        assertThat(read.keySet().stream().map(String::hashCode).distinct()).hasSize(1);
    }

    @Test
    void decode_collidingNameTwice_isRefused() {
        String text = colliding(10, ":0");
        String twice = text.substring(0, text.length() - 1) + ",\"" + "Aa".repeat(10) + "\":0}";

        assertThatThrownBy(() -> Provider.YASSON.codecs().of(NAMED).decode(twice.getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessage("a name twice");
    }

    /** An object with all names that are made of so many pairs, each {@code Aa} or {@code BB}. */
    private static String colliding(int pairs, String value) {
        StringJoiner object = new StringJoiner(",", "{", "}");
        for (int i = 0; i < 1 << pairs; i++) {
            StringBuilder name = new StringBuilder("\"");
            for (int bit = 0; bit < pairs; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            object.add(name.append('"') + value);
        }
        return object.toString();
    }
}
