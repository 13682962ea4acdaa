package io.cachedconnection.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How keys begin, and how long they may be. */
class KeySpaceTest {

    @Test
    void key_ofProviderConnection_isThatOfTheOriginal() {
        assertThat(KeySpace.of("provider-connection", "").key("x").text()).isEqualTo("provider:conn:x");
        assertThat(KeySpace.of("provider-connection", "app").key("x").text()).isEqualTo("app:provider:conn:x");
    }

    @Test
    void key_ofAnyOtherCache_beginsWithItsName() {
        assertThat(KeySpace.of("books", "").key("a:b").text()).isEqualTo("books:a:b");
        assertThat(KeySpace.of("books", "app").key("a:b").text()).isEqualTo("app:books:a:b");
    }

    @Test
    void key_atTheLimit_isKeptWhole() {
        String parts = "x".repeat(512 - "books:".length());

        assertThat(KeySpace.of("books", "").key(parts).text()).isEqualTo("books:" + parts);
    }

    @Test
    void key_overTheLimit_endsInADigestOfTheWhole() {
        KeySpace books = KeySpace.of("books", "");
        String one = books.key("ż".repeat(100_000) + "1").text();
        String other = books.key("ż".repeat(100_000) + "2").text();

        assertThat(one).isNotEqualTo(other).startsWith("books:żż").matches("(?s).*%~[0-9a-f]{64}");
        assertThat(one.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void key_printed_doesNotShowItsText() {
        assertThat(KeySpace.of("books", "").key("secret")).asString().doesNotContain("secret");
    }
}
