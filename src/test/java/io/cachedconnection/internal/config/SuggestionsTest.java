package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private static final List<String> KNOWN = List.of("users", "user-names", "orders", "order");

    @ParameterizedTest
    @CsvSource({
        "users, users",
        "user, users",
        "usres, users",
        "xusers, users",
        "ordex, order",
        "username, user-names",
        "uzerz, users",
        "'', ",
        "nothing, ",
        "ord, ",
        "ords, order",
        "x, ",
        "orders-, orders",
    })
    void to_aWord_isTheOneWithTheFewestChanges(String word, String nearest) {
        assertThat(UnknownKeys.suggestion(word, KNOWN).orElse(null)).isEqualTo(nearest);
    }
}
