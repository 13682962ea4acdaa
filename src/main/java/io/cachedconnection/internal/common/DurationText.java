package io.cachedconnection.internal.common;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Parses a user's duration: ISO-8601 ({@code PT5M}) or whole seconds ({@code 300}). */
public final class DurationText {

    private static final Pattern WHOLE_SECONDS = Pattern.compile("[+-]?[0-9]{1,18}");

    private DurationText() {}

    /**
     * Parses {@code text}. The result may be negative or zero; the caller checks that.
     *
     * @throws IllegalArgumentException if {@code text} is malformed; the message is a reason that follows "it is"
     */
    public static Duration parse(String text) {
        if (WHOLE_SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("neither ISO-8601 such as PT5M nor whole seconds such as 300", e);
        }
    }
}
