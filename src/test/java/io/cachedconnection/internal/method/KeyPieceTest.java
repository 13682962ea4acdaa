package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPieceTest {

    @ParameterizedTest
    @CsvSource({
        "{a},{b},true",
        "{a}:{b},{c},false",
        "{a}:{b},user:{c},true",
        "user:{a},team:{c},false",
        "user:{a},user:all,true",
        "u-{a},u-all,true",
        "u-{a},t-all,false",
        "u-{a},u,false",
        "u-{a},u-{b}-x,true",
        "u-{a},t-{b},false",
        "{a}-x,{b}-y,false",
        "aba-{a}-aba,aba-aba,false",
        "all,all,true",
        "all,any,false"
    })
    void overlaps_twoTemplates_isWhetherOneKeyCanBeOfBoth(String one, String other, boolean expected) {
        assertThat(key(one).overlaps(key(other))).isEqualTo(expected);
        assertThat(key(other).overlaps(key(one))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "{a},{b},true",
        "{a},all,true",
        "u-{a},u-{b},true",
        "u-{a},u-{b}-x,false",
        "u-{a},user-{b},false",
        "{a}:{b},{b},false"
    })
    void means_twoTemplates_isWhetherTheirFixedTextsAgree(String one, String other, boolean expected) {
        assertThat(key(one).means(key(other))).isEqualTo(expected);
        assertThat(key(other).means(key(one))).isEqualTo(expected);
    }

    private static KeyText key(String template) {
        KeyTemplate parsed = KeyTemplate.parse(template);
        PathReading.Path path = new PathReading.Path(0, List.of(), String.class);
        KeyText.KeyPart part = new KeyText.KeyPart(path, Objects.requireNonNull(SimpleFormats.of(String.class)));
        return new KeyText(
                parsed.literals(), Collections.nCopies(parsed.placeholders().size(), part));
    }
}
