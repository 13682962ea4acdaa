package io.cachedconnection.internal.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"300,PT300S", "0,PT0S", "+7,PT7S", "-5,PT-5S", "PT5M,PT5M", "PT0.1S,PT0.1S", "pt1h,PT1H", "P2D,PT48H"})
    void parse_isoOrWholeSeconds_isThatDuration(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5m", "P", "PT", "1.5", " 300", "300 ", "PT5M ", "0x10", "P1M", "٣٠٠", "P1Y"})
    void parse_anythingElse_isRefusedWithTheTwoForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("PT5M")
                .withMessageContaining("300");
    }

    @Test
    void parse_moreDigitsThanADurationHolds_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse("9999999999999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse("P999999999999999999D"));
    }
}
