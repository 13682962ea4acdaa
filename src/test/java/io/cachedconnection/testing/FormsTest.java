package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search of the log sees a word in whatever it is wrapped. */
class FormsTest {

    private final Forms forms = Forms.of(Seeds.WORD);

    static Stream<String> seeds() {
        return Stream.of(
                Seeds.USER,
                Seeds.PASSWORD,
                Seeds.ARGUMENT,
                Seeds.VALUE,
                Seeds.CREDENTIALS,
                new String(Base64.getDecoder().decode(Seeds.ENCRYPTION_KEY), UTF_8),
                new String(Base64.getDecoder().decode(Seeds.MAC_KEY), UTF_8));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("seeds")
    void in_eachSeedInEachForm_isFound(String seed) {
        byte[] bytes = seed.getBytes(UTF_8);

        assertThat(forms.in("a " + seed)).containsExactly("as it is");
        assertThat(forms.in("//" + seed.toLowerCase(Locale.ROOT) + ":1")).containsExactly("as it is");
        assertThat(forms.in(URLEncoder.encode(seed, UTF_8))).containsExactly("as it is");
        assertThat(forms.in(Json.createValue(seed).toString())).containsExactly("as it is");
        assertThat(forms.in(HexFormat.of().formatHex(bytes))).containsExactly("hexadecimal");
        assertThat(forms.in(HexFormat.of().withUpperCase().formatHex(bytes))).containsExactly("hexadecimal");
        assertThat(forms.in(Arrays.toString(bytes))).containsExactly("a list of numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz", "{\"a\":\""})
    void in_base64BehindAnything_isFound(String before) {
        for (String after : new String[] {"", "z", "zy", "more of it"}) {
            byte[] bytes = (before + Seeds.WORD + after).getBytes(UTF_8);

            assertThat(forms.in(Base64.getEncoder().encodeToString(bytes))).containsExactly("base64");
            assertThat(forms.in(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .containsExactly("base64");
        }
    }

    @Test
    void in_eachCharacterEncoded_isFound() {
        assertThat(forms.in("%4B%75%6D%71%75%61%74%35")).containsExactly("percent-encoded");
        assertThat(forms.in("%4b%75%6d%71%75%61%74%35")).containsExactly("percent-encoded");
        assertThat(forms.in("\\u004B\\u0075\\u006d\\u0071\\u0075\\u0061\\u0074\\u0035"))
                .containsExactly("escaped as in JSON");
    }

    @Test
    void in_anythingElse_isNothing() {
        assertThat(forms.in(
                        "Kumquat, CC-0401 cache users, key fca7c848a498 " + Arrays.toString("Kumquat".getBytes(UTF_8))))
                .isEmpty();
    }

    @Test
    void keys_always_areOf32Bytes() {
        assertThat(Base64.getDecoder().decode(Seeds.ENCRYPTION_KEY)).hasSize(32);
        assertThat(Base64.getDecoder().decode(Seeds.MAC_KEY)).hasSize(32);
    }
}
