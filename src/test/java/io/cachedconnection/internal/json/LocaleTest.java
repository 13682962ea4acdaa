package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers of different countries that share a Redis. Public, as are the types in it: Yasson asks for that. */
public class LocaleTest {

    public record Price(@JsonbNumberFormat("#,##0.00") double amount) {}

    public record Sum(
            @JsonbNumberFormat(value = "#,##0.00", locale = "en")
            double amount) {}

    public record Day(@JsonbDateFormat("d MMM yyyy") LocalDate day) {}

    public record Date(
            @JsonbDateFormat("dd.MM.yyyy 'at night'") LocalDate day) {}

    private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    private static <V> V carried(Provider provider, V value) throws Exception {
        Locale.setDefault(Locale.GERMANY);
        byte[] payload = provider.codecs().<V>of(value.getClass()).encode(value);
        Locale.setDefault(Locale.US);
        return provider.codecs().<V>of(value.getClass()).decode(payload);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void codec_serversOfOtherLocales_readTheSame(Provider provider) throws Exception {
        assertThat(carried(provider, new Sum(1234.5))).isEqualTo(new Sum(1234.5));
        assertThat(carried(provider, new Date(DAY))).isEqualTo(new Date(DAY));
    }

    @Test
    void codec_formatThatSaysNoLocale_readsTheSameWithYasson() throws Exception {
        assertThat(carried(Provider.YASSON, new Price(1234.5))).isEqualTo(new Price(1234.5));
        assertThat(carried(Provider.YASSON, new Day(DAY))).isEqualTo(new Day(DAY));
    }

    /** It takes the locale of the JVM, whatever it is told. */
    @Test
    void codec_formatThatSaysNoLocale_isRefusedWithJohnzon() {
        for (Locale locale : List.of(Locale.GERMANY, Locale.US)) {
            Locale.setDefault(locale);
            for (Object value : List.of(new Price(1234.5), new Day(DAY))) {
                assertThatThrownBy(() ->
                                Provider.JOHNZON.codecs().of(value.getClass()).encode(value))
                        .isInstanceOf(UnreadableValueException.class);
            }
        }
    }
}
