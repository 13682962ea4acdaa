package io.cachedconnection.internal.method;

import java.util.Set;
import java.util.regex.Pattern;

/** The form of the texts of one kind of part. */
enum Texts {
    /** Any word: a string or a character. */
    TEXT(".*"),
    /** The name of a constant. */
    ENUM(".*"),
    /** A language tag. */
    LOCALE(".*"),
    /** An offset or the id of a region. */
    ZONE(".*"),
    /** A whole number. */
    NUMBER("0|-?[1-9][0-9]*"),
    /** A decimal number, without zeros at its end. */
    DECIMAL("-?[0-9]+(\\.[0-9]+)?(E[+-]?[0-9]+)?"),
    /** A decimal number, NaN or infinity of a {@code float}: 0.1f is not 0.1. */
    SINGLE("-?[0-9]+(\\.[0-9]+)?(E[+-]?[0-9]+)?|NaN|-?Infinity"),
    /** A decimal number, NaN or infinity. */
    FLOATING("-?[0-9]+(\\.[0-9]+)?(E[+-]?[0-9]+)?|NaN|-?Infinity"),
    /** A UUID. */
    UUID("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    /** A boolean. */
    TRUTH("true|false"),
    /** The code of a currency. */
    CURRENCY("[A-Z]{3}"),
    /** A day. */
    DATE("[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}"),
    /** A month of a year. */
    YEAR_MONTH("[+-]?[0-9]{4,}-[0-9]{2}"),
    /** A day of any year. */
    MONTH_DAY("--[0-9]{2}-[0-9]{2}"),
    /** An amount of time. */
    DURATION("PT.*"),
    /** An amount of days. */
    PERIOD("P(?!T).*"),
    /** A time of day. */
    TIME("[0-9]{2}%3A[0-9]{2}(%3A[0-9.]+)?"),
    /** A time of day with its offset. */
    OFFSET_TIME("[0-9]{2}%3A[0-9]{2}(%3A[0-9.]+)?(Z|[+-].*)"),
    /** A day and a time. */
    DATE_TIME("[+-]?[0-9]{4,}-[0-9-]{5}T[0-9]{2}%3A[0-9]{2}(%3A[0-9.]+)?"),
    /** A moment, in UTC. */
    INSTANT("[+-]?[0-9]{4,}-[0-9-]{5}T[0-9]{2}%3A[0-9]{2}%3A[0-9.]+Z"),
    /** A day and a time with their offset. */
    OFFSET_DATE_TIME("[+-]?[0-9]{4,}-[0-9-]{5}T[0-9]{2}%3A.*"),
    /** A day and a time with their zone. */
    ZONED_DATE_TIME("[+-]?[0-9]{4,}-[0-9-]{5}T[0-9]{2}%3A.*"),
    /** The text of a value, or a mark that there is none. */
    OPTIONAL("%-"),
    /** Elements in their order. */
    LIST("%\\(.*"),
    /** Elements in the order of their texts. */
    SET("%\\(.*"),
    /** Components. */
    RECORD("%\\(.*");

    private static final Set<Texts> ANY_WORD = Set.of(TEXT, LOCALE, ZONE);
    private static final Set<Texts> NUMERIC = Set.of(NUMBER, DECIMAL, SINGLE, FLOATING);
    private static final Set<Texts> MOMENTS = Set.of(INSTANT, OFFSET_DATE_TIME, ZONED_DATE_TIME);

    private final Pattern pattern;

    Texts(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /** Whether they contain marks, which no word has. */
    boolean areMarked() {
        return this == LIST || this == SET || this == RECORD;
    }

    /** Whether {@code word} has this form. */
    boolean include(String word) {
        return pattern.matcher(word).matches();
    }

    /** Whether some word has both forms. */
    boolean overlap(Texts other) {
        return this == other
                || ANY_WORD.contains(this)
                || ANY_WORD.contains(other)
                || (NUMERIC.contains(this) && NUMERIC.contains(other))
                || (MOMENTS.contains(this) && MOMENTS.contains(other));
    }
}
