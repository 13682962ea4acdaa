package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTextTest {

    @ParameterizedTest
    @CsvSource({
        "a:b,a%3Ab",
        "100%,100%25",
        "{id},%7Bid%7D",
        "'a b',a%20b",
        "'\r\n',%0D%0A",
        "'\u007F',%7F",
        "'\u0085',%C2%85",
        "'\u00A0',%C2%A0",
        "'\u2028',%E2%80%A8",
        "'\u3000',%E3%80%80",
        "%3A,%253A",
        "'a:',a%3A",
        "::,%3A%3A"
    })
    void of_whatCouldBeMistaken_isEncodedAsUtf8(String raw, String text) {
        assertThat(PartText.of(raw)).isEqualTo(text);
    }

    @Test
    void of_nothingToEncode_isTheSameString() {
        String raw = "Zoë-_.~!/\uD83D\uDE00";

        assertThat(PartText.of(raw)).isSameAs(raw);
    }

    @Test
    void of_loneSurrogates_staysDistinct() {
        assertThat(PartText.of("\uD83D")).isEqualTo("%ED%A0%BD");
        assertThat(PartText.of("\uDE00\uD83D")).isEqualTo("%ED%B8%80%ED%A0%BD");
        assertThat(PartText.of("\uD83D\uD83D\uDE00x")).isEqualTo("%ED%A0%BD\uD83D\uDE00x");
    }

    @Test
    void of_everyWhiteSpaceAndControlCharacter_isEncoded() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c))
                        .mapToObj(Character::toString)
                        .map(PartText::of))
                .hasSizeGreaterThan(60)
                .allMatch(text -> text.matches("(%[0-9A-F]{2}){1,3}"));
    }

    @Test
    void of_everyCharacter_isDistinct() {
        Set<String> texts = new HashSet<>();
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .forEach(c -> assertThat(texts.add(PartText.of(Character.toString(c))))
                        .as("U+%04X", c)
                        .isTrue());
    }
}
