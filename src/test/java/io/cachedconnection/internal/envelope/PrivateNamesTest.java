package io.cachedconnection.internal.envelope;

import static io.cachedconnection.internal.envelope.Wrapped.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import org.junit.jupiter.api.Test;

class PrivateNamesTest {

    private final KeySpace keys = KeySpace.of("users", "shop", new PrivateNames(key(1)));

    @Test
    void key_ofPersonalData_isNotToBeRecognised() {
        EntryKey key = keys.key("ada@example.com");

        assertThat(key.text()).matches("shop:users:[A-Za-z0-9_-]{43}").doesNotContain("ada", "example");
        assertThat(key)
                .isEqualTo(
                        KeySpace.of("users", "shop", new PrivateNames(key(1))).key("ada@example.com"));
        assertThat(keys.covers(key)).isTrue();
    }

    @Test
    void key_otherArgumentCachePrefixOrSecret_isAnother() {
        String text = keys.key("1").text();
        String hidden = text.substring(text.lastIndexOf(':') + 1);

        assertThat(keys.key("2").text()).isNotEqualTo(text);
        assertThat(KeySpace.of("users", "shop", new PrivateNames(key(2)))
                        .key("1")
                        .text())
                .isNotEqualTo(text);
        assertThat(KeySpace.of("users", "mall", new PrivateNames(key(1)))
                        .key("1")
                        .text())
                .doesNotContain(hidden);
        assertThat(KeySpace.of("guests", "shop", new PrivateNames(key(1)))
                        .key("1")
                        .text())
                .doesNotContain(hidden);
    }

    @Test
    void key_veryLong_isAsShortAsAnyOther() {
        assertThat(keys.key("x".repeat(100_000)).text()).hasSize("shop:users:".length() + 43);
    }
}
