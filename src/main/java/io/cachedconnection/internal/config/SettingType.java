package io.cachedconnection.internal.config;

import io.cachedconnection.internal.common.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The allowed values of a setting.
 *
 * @param words a description that follows "Allowed:"
 * @param shown whether a wrong value may be shown
 * @param parser throws an {@link IllegalArgumentException} for a wrong value, an {@link InvalidValue} if there is a reason
 */
record SettingType<T>(String words, boolean shown, Function<String, T> parser) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");

    /** Parses {@code text}. Ignores white space around it, except in a name or password. */
    T parse(String text) {
        return parser.apply(shown ? text.strip() : text);
    }

    static <T> SettingType<T> shown(String words, Function<String, T> parser) {
        return new SettingType<>(words, true, parser);
    }

    static <T> SettingType<T> hidden(String words, Function<String, T> parser) {
        return new SettingType<>(words, false, parser);
    }

    static SettingType<Path> file(String content) {
        return shown("the path of a " + content, Path::of);
    }

    /**
     * Returns the type of a file with a secret. It is not shown in messages, because users put the secret itself there by
     * mistake.
     */
    static SettingType<Path> secretFile(String content) {
        return hidden("the path of a " + content, text -> Path.of(text.strip()));
    }

    static SettingType<String> matching(String words, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return shown(words, text -> {
            require(pattern.matcher(text).matches());
            return text;
        });
    }

    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        String words = Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
        return shown(words, text -> Enum.valueOf(type, text));
    }

    /** Returns the type of an enum in any case. ASCII letters only, because a dotless i has the capital of an i. */
    static <E extends Enum<E>> SettingType<E> oneOfInAnyCase(Class<E> type) {
        return shown(oneOf(type).words, text -> {
            require(LETTERS.matcher(text).matches());
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
    }

    static SettingType<Integer> number(int least, int most) {
        return shown("a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most);
            return number;
        });
    }

    /** Returns the type of a duration within limits, which {@code range} describes. */
    static SettingType<Duration> duration(Duration least, Duration most, String range, String example) {
        long seconds = Math.max(1, Duration.parse(example).toSeconds());
        String words =
                "a duration from " + range + ", as ISO-8601 (" + example + ") or whole seconds (" + seconds + ")";
        return shown(words, text -> {
            Duration duration = DurationText.parse(text);
            Duration perhapsMeant = duration.dividedBy(1000);
            InvalidValue.require(
                    duration.compareTo(most) <= 0
                            || perhapsMeant.compareTo(most) > 0
                            || !NUMBER.matcher(text).matches(),
                    "a number without a unit is seconds, and " + text + " milliseconds are " + perhapsMeant);
            require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
            return duration;
        });
    }

    static SettingType<Duration> zeroOr(SettingType<Duration> type) {
        return zeroOr(type, text -> DurationText.parse(text).isZero(), Duration.ZERO);
    }

    static <T> SettingType<T> zeroOr(SettingType<T> type, Predicate<String> isZero, T zero) {
        return shown("0, or " + type.words, text -> isZero.test(text) ? zero : type.parser.apply(text));
    }

    static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
