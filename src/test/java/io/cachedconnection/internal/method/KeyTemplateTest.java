package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {

    @Test
    void parse_literalsAndPlaceholders_areTakenApart() {
        KeyTemplate template = KeyTemplate.parse("user:{connection.user.id}-x:{0}:{1.a}");

        assertThat(template.literals()).containsExactly("user:", "-x:", ":", "");
        assertThat(template.placeholders())
                .containsExactly(List.of("connection", "user", "id"), List.of("0"), List.of("1", "a"));
    }

    @Test
    void parse_noPlaceholder_isOneLiteral() {
        assertThat(KeyTemplate.parse("all").literals()).containsExactly("all");
    }

    @ParameterizedTest
    @CsvSource({
        "'{}',empty braces",
        "'a:{}',empty braces",
        "'{id',brace",
        "'id}',brace",
        "'{{id}}',brace",
        "'{a}{b}',between them",
        "'{a}-{b}',between them",
        "'{a}:{b}.{c}',between them",
        "'{a }','as in {parameter.id}'",
        "'{ }','as in {parameter.id}'",
        "'{a..b}','as in {parameter.id}'",
        "'{.a}','as in {parameter.id}'",
        "'{a.}','as in {parameter.id}'",
        "'{a.0}','as in {parameter.id}'",
        "'{-1}','as in {parameter.id}'",
        "'{1234567890}','as in {parameter.id}'",
        "'{a.b()}','as in {parameter.id}'",
        "' ',white space",
        "'a b:{id}',white space",
        "'a\u00A0b',white space",
        "'a\n{id}',white space",
        "'100%:{id}',percent",
        "'\uD83D:{id}',control"
    })
    void parse_malformed_isRefusedWithTheReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse(text))
                .withMessageContaining(reason);
    }
}
