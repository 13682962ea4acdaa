package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.DurationText;
import io.cachedconnection.internal.core.FormatSettings.Codec;
import io.cachedconnection.internal.core.FormatSettings.Format;
import io.cachedconnection.internal.core.Protocol.OnFailure;
import io.cachedconnection.internal.core.Secret;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a setting may be.
 *
 * @param words the same for people; follows "Allowed:"
 * @param shown whether a wrong value may be shown
 * @param parser throws an {@link IllegalArgumentException} for anything else, a {@link InvalidValue} if there is more to say
 */
record SettingType<T>(String words, boolean shown, Function<String, T> parser) {

    private static final int LEAST_COMPRESSED = 256; // what is shorter hardly gets shorter still
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Duration SHORTEST = Duration.ofMillis(1); // what Redis and sockets can count
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10); // a lookup that waits longer is no cache's
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_STALENESS = Duration.ofMillis(100); // what heartbeats can keep up with
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,64}"); // what CLIENT SETNAME takes
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern PREFIX = Pattern.compile("(?!:)[A-Za-z0-9._:-]{1,64}(?<!:)");

    static final SettingType<Boolean> TRUTH = shown("true or false", SettingType::truth);
    static final SettingType<Duration> LIFE = shown(
            "a duration from 1 millisecond to 3650 days, as ISO-8601 (PT5M) or whole seconds (300)",
            text -> duration(text, SHORTEST, LONGEST));
    static final SettingType<Duration> LIFE_OR_NONE = shown(
            "0, or a duration from 1 millisecond to 3650 days, as ISO-8601 (PT5M) or whole seconds (300)",
            text -> DurationText.parse(text).isZero() ? Duration.ZERO : duration(text, SHORTEST, LONGEST));
    static final SettingType<Duration> WAIT = shown(
            "a duration from 1 millisecond to 1 hour, as ISO-8601 (PT0.1S) or whole seconds (1)",
            text -> duration(text, SHORTEST, LONGEST_WAIT));
    static final SettingType<Duration> WAIT_OR_NONE = shown(
            "0, or a duration from 1 millisecond to 1 hour, as ISO-8601 (PT0.1S) or whole seconds (1)",
            text -> DurationText.parse(text).isZero() ? Duration.ZERO : duration(text, SHORTEST, LONGEST_WAIT));
    static final SettingType<Duration> TIMEOUT = shown(
            "a duration from 1 millisecond to 10 seconds, as ISO-8601 (PT0.1S) or whole seconds (1)",
            text -> duration(text, SHORTEST, LONGEST_TIMEOUT));
    static final SettingType<Duration> UP_TO_A_MINUTE = shown(
            "a duration from 1 millisecond to 1 minute, as ISO-8601 (PT0.5S) or whole seconds (1)",
            text -> duration(text, SHORTEST, A_MINUTE));
    static final SettingType<Duration> LEASE_WAIT = shown(
            "0, or a duration from 1 millisecond to 1 minute, as ISO-8601 (PT0.1S) or whole seconds (1)",
            text -> DurationText.parse(text).isZero() ? Duration.ZERO : duration(text, SHORTEST, A_MINUTE));
    static final SettingType<Duration> STALENESS = shown(
            "a duration from 100 milliseconds to 1 hour, as ISO-8601 (PT0.5S) or whole seconds (1)",
            text -> duration(text, SHORTEST_STALENESS, LONGEST_WAIT));
    static final SettingType<OnFailure> ON_FAILURE = shown("RETRY or FAIL", OnFailure::valueOf);
    static final SettingType<Double> PART = shown("a number from 0 to less than 1, such as 0.1", SettingType::part);
    static final SettingType<String> KEY_PREFIX =
            shown("1 to 64 letters, digits and . _ : -, neither beginning nor ending with :", SettingType::keyPrefix);
    static final SettingType<RedisUri> URI = new SettingType<>(RedisUri.ALLOWED, false, RedisUri::parse);
    static final SettingType<String> CLIENT_NAME =
            shown("1 to 64 visible characters of ASCII, without a space", SettingType::clientName);
    static final SettingType<String> NAME = new SettingType<>("any text", false, Function.identity());
    static final SettingType<Secret> SECRET = new SettingType<>("any text", false, Secret::new);
    // Not shown: somebody will take it for the place of the password itself.
    static final SettingType<Path> SECRET_FILE = new SettingType<>(
            "the path of a file in UTF-8 that holds a password", false, text -> Path.of(text.strip()));
    static final SettingType<Path> CERTIFICATES =
            shown("the path of a PEM file with one or more certificates", Path::of);
    static final SettingType<Path> CHAIN =
            shown("the path of a PEM file with a certificate, followed by those of its issuers", Path::of);
    static final SettingType<Path> KEY =
            new SettingType<>( // not shown: somebody will take it for the place of the key itself
                    "the path of a PEM file with an unencrypted PKCS#8 key, RSA or EC (BEGIN PRIVATE KEY)",
                    false,
                    text -> Path.of(text.strip()));
    static final SettingType<Path> TRUST_STORE = shown("the path of a PKCS12 or JKS file with certificates", Path::of);
    static final SettingType<Path> KEY_STORE =
            shown("the path of a PKCS12 or JKS file with one key, its certificate and the same password", Path::of);

    static final SettingType<Format> FORMAT = shown("ENVELOPE or JSON", SettingType::format);
    static final SettingType<Codec> CODEC =
            shown("DIRECT or JSONB", text -> Codec.valueOf(text.toUpperCase(Locale.ROOT)));
    static final SettingType<EntityPolicy> ENTITY_POLICY = shown("REFUSED or DETACHED", EntityPolicy::valueOf);
    static final SettingType<Integer> SIZE_OR_NONE = shown(
            "0, or a whole number from 256 to " + CacheSettings.MOST_VALUE_BYTES,
            text -> text.equals("0") ? 0 : checked(text, LEAST_COMPRESSED, CacheSettings.MOST_VALUE_BYTES));
    static final SettingType<List<Key>> VALUE_KEYS = new SettingType<>(
            "1 to 16 keys, separated by commas, each 32 bytes in Base64 (44 characters)",
            false,
            SecretKeyText.OF_VALUES::inSetting);
    static final SettingType<Path> VALUE_KEYS_FILE = new SettingType<>(
            "the path of a file in UTF-8 with 1 to 16 keys, one on a line, each 32 bytes in Base64 (44 characters)",
            false,
            text -> Path.of(text.strip()));
    static final SettingType<List<Key>> NAME_KEY = new SettingType<>(
            "one key of 32 bytes in Base64 (44 characters)", false, SecretKeyText.OF_NAMES::inSetting);
    static final SettingType<Path> NAME_KEY_FILE = new SettingType<>(
            "the path of a file in UTF-8 with one key of 32 bytes in Base64 (44 characters)",
            false,
            text -> Path.of(text.strip()));

    static SettingType<Integer> number(int least, int most) {
        return shown("a whole number from " + least + " to " + most, text -> checked(text, least, most));
    }

    /** The value that {@code text} says; white space around it means nothing, except in a name or password. */
    T parse(String text) {
        return parser.apply(shown ? text.strip() : text);
    }

    private static <T> SettingType<T> shown(String words, Function<String, T> parser) {
        return new SettingType<>(words, true, parser);
    }

    // Not Boolean.parseBoolean, for which "yes" is false.
    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    // The other settings of this kind are in capitals, but people write this one as the files that they see.
    private static Format format(String text) {
        return Format.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Duration duration(String text, Duration least, Duration most) {
        Duration duration = DurationText.parse(text);
        Duration perhapsMeant = duration.dividedBy(1000);
        if (duration.compareTo(most) > 0
                && perhapsMeant.compareTo(most) <= 0
                && NUMBER.matcher(text).matches()) {
            throw new InvalidValue(
                    "a number without a unit is seconds, and " + text + " milliseconds are " + perhapsMeant);
        }
        require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        return duration;
    }

    // Not Double.parseDouble, which knows NaN, 0x1p-3 and 0.1f.
    private static Double part(String text) {
        BigDecimal number = new BigDecimal(text);
        require(number.signum() >= 0 && number.compareTo(BigDecimal.ONE) < 0);
        return number.doubleValue();
    }

    private static Integer checked(String text, int least, int most) {
        int number = Integer.parseInt(text);
        require(number >= least && number <= most);
        return number;
    }

    private static String keyPrefix(String text) {
        require(PREFIX.matcher(text).matches());
        return text;
    }

    private static String clientName(String text) {
        require(VISIBLE.matcher(text).matches());
        return text;
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
