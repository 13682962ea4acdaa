package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.method.CachedMethod.CallName;
import io.cachedconnection.testing.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tells calls apart without their keys. */
class CallNameTest {

    static class OneWord {
        @CachedConnection(cache = "words")
        public String find(String word) {
            return "";
        }
    }

    static class AnotherWord {
        @CachedConnection(cache = "words", key = "x-{word}")
        public String find(String word) {
            return "";
        }
    }

    static class Mixed {
        @CachedConnection(cache = "mixed")
        public String find(List<String> words, BigInteger number, long id) {
            return "";
        }
    }

    private static CallName name(Class<?> bean, Object... arguments) {
        return Readings.only(bean).name(arguments);
    }

    @Test
    void name_anotherMethod_isAnother() {
        assertThat(name(OneWord.class, "a")).isNotEqualTo(name(AnotherWord.class, "a"));
    }

    @Test
    void name_argumentChangedAfterwards_isAsItWas() {
        List<String> words = new ArrayList<>(List.of("a"));
        CachedMethod method = Readings.only(Mixed.class);
        CallName name = method.name(new Object[] {words, BigInteger.ONE, 1L});
        words.add("b");

        assertThat(name).isEqualTo(method.name(new Object[] {List.of("a"), BigInteger.ONE, 1L}));
        assertThat(method.key(name).text()).isEqualTo("mixed:%(a%,%):1:1");
    }

    @Test
    void name_null_isNone() {
        assertThat(name(OneWord.class, (Object) null)).isNull();
        assertThat(name(Mixed.class, List.of(), null, 1L)).isNull();
    }

    @Test
    void name_longWord_isSaidToBeLong() {
        assertThat(name(OneWord.class, "a".repeat(128)).isLong()).isFalse();
        assertThat(name(OneWord.class, "a".repeat(129)).isLong()).isTrue();
        assertThat(name(Mixed.class, List.of("a".repeat(129)), BigInteger.ONE, 1L)
                        .isLong())
                .isTrue();
    }

    @Test
    void toString_tellsNoArgument() {
        assertThat(name(OneWord.class, Seeds.PASSWORD)).asString().doesNotContain(Seeds.PASSWORD);
    }
}
