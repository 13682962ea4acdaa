package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyShapeTest {

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
    void canEqual_twoTemplates_isWhetherOneKeyCanBeOfBoth(String one, String other, boolean expected) {
        assertThat(shape(one).canEqual(shape(other))).isEqualTo(expected);
        assertThat(shape(other).canEqual(shape(one))).isEqualTo(expected);
    }

    private static KeyShape shape(String template) {
        return KeyShape.of(KeyTemplate.parse(template).literals());
    }
}
