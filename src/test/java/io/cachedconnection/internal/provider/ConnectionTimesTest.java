package io.cachedconnection.internal.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.DirectReader;
import io.cachedconnection.internal.json.DirectWriter;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05Z, 2024-01-02T03:04:05+00:00",
        "2024-01-02T03:04:05.1Z, 2024-01-02T03:04:05.100000+00:00",
        "2024-12-31T23:59:59.000001999Z, 2024-12-31T23:59:59.000001+00:00",
        "2024-01-02T03:04:05.000000999Z, 2024-01-02T03:04:05+00:00",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999+00:00",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999+00:00",
    })
    void text_ofInstant_isThatOfIsoformat(Instant instant, String text) {
        assertThat(text(instant)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05, 2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05Z, 2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.5, 2024-01-02T03:04:05.5Z",
        "2024-01-02T03:04:05.123+00:00, 2024-01-02T03:04:05.123Z",
        "2024-01-02T03:04:05.123456+00:00, 2024-01-02T03:04:05.123456Z",
        "2024-01-02T03:04:05.123456789Z, 2024-01-02T03:04:05.123456789Z",
        "2024-01-02T03:04:05+05:30, 2024-01-01T21:34:05Z",
        "2024-01-02T03:04:05-08:00, 2024-01-02T11:04:05Z",
        "2024-01-02T03:04:05-00:00, 2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05+00:00:30, 2024-01-02T03:03:35Z",
        "2024-02-29T00:00:00, 2024-02-29T00:00:00Z",
        "0001-01-01T00:00:00, 0001-01-01T00:00:00Z",
    })
    void instant_ofIsoText_isThatInstant(String text, Instant instant) throws Exception {
        assertThat(instant(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-01-02",
                "2024-01-02T03:04",
                "2024-01-02 03:04:05",
                "2024-02-30T03:04:05",
                "2023-02-29T03:04:05",
                "2024-01-02T24:00:00",
                "2024-01-02T03:04:60",
                "2024-01-02T03:04:05.",
                "2024-01-02T03:04:05.1234567890",
                "2024-01-02T03:04:05+0000",
                "2024-01-02T03:04:05+19:00",
                "2024-01-02T03:04:05z",
                "2024-01-02T03:04:05+00:00 ",
                "+12024-01-02T03:04:05",
                "-2024-01-02T03:04:05",
                "0000-01-02T03:04:05",
                "10000-01-01T00:00:00",
                "2024-1-2T03:04:05",
                "20240102T030405",
                "٢٠٢٤-01-02T03:04:05"
            })
    void instant_ofAnythingElse_isRefused(String text) {
        assertThatThrownBy(() -> instant(text))
                .isInstanceOfAny(DateTimeException.class, UnreadableValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
    void text_outsideTheYearsOfPython_isRefused(Instant instant) {
        assertThatThrownBy(() -> text(instant)).isInstanceOfAny(DirectWriter.NotDirect.class, DateTimeException.class);
    }

    private static String text(Instant instant) {
        DirectWriter out = new DirectWriter(64);
        ConnectionFormat.TIME.write(instant, out, 0);
        String json = new String(out.toBytes(), UTF_8);
        return json.substring(1, json.length() - 1);
    }

    private static Object instant(String text) throws UnreadableValueException {
        return ConnectionFormat.TIME.read(new DirectReader(('"' + text + '"').getBytes(UTF_8)), 0);
    }
}
