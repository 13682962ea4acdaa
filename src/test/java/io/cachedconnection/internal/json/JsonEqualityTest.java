package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonEqualityTest {

    record Two(List<String> list, Set<String> set, Map<String, Object> map) {}

    private static boolean same(Type type, String text, String other) {
        return new JsonEquality(Shapes.of(type)).same(text, other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1 | 1.0",
                "10 | 1e1",
                "0.5 | 5.0E-1",
                "0 | 0.00",
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
                "\"a\" | \"\\u0061\"",
                "[1,2,2] | [2,1,2]",
                "{\"list\":[\"a\",\"b\"],\"set\":[\"a\",\"b\"]} | {\"set\":[\"b\",\"a\"],\"list\":[\"a\",\"b\"]}",
                "{\"map\":{\"a\":[1,2]}} | {\"map\":{\"a\":[2,1]}}"
            })
    void same_textsThatSayTheSame_isTrue(String text, String other) {
        assertThat(same(Two.class, text, other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1 | 2",
                "1 | \"1\"",
                "null | \"null\"",
                "true | false",
                "null | false",
                "0.1 | 0.10000000000000000001",
                "{\"a\":1} | {\"a\":null}",
                "{\"a\":null} | {}",
                "{\"a\":1} | {\"b\":1}",
                "[1,2] | [1,2,2]",
                "[1,1,2] | [1,2,2]",
                "[] | {}",
                "{\"list\":[\"a\",\"b\"]} | {\"list\":[\"b\",\"a\"]}"
            })
    void same_textsThatDiffer_isFalse(String text, String other) {
        assertThat(same(Two.class, text, other)).isFalse();
    }

    static List<Arguments> orders() {
        return List.of(
                Arguments.of(new Types<List<String>>() {}.type(), false),
                Arguments.of(String[].class, false),
                Arguments.of(new Types<Optional<List<String>>>() {}.type(), false),
                Arguments.of(new Types<Set<String>>() {}.type(), true),
                Arguments.of(new Types<Optional<Set<String>>>() {}.type(), true),
                Arguments.of(new Types<Map<Two, String>>() {}.type(), true),
                Arguments.of(Object.class, true));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void same_anotherOrder_isForTheTypeToSay(Type type, boolean same) {
        assertThat(same(type, "[\"a\",\"b\"]", "[\"b\",\"a\"]")).isEqualTo(same);
    }
}
