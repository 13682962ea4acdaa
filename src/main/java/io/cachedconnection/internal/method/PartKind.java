package io.cachedconnection.internal.method;

import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** What the type of a part tells of its text. */
enum PartKind {
    /** Nothing. */
    ANYTHING(".*"),
    /** Any text but that of a list or record, for no text of one word begins with their mark. */
    WORD("(?!%).*"),
    /** A list or record. */
    SEQUENCE("%.*"),
    /** A whole number. */
    NUMBER("0|-?[1-9][0-9]*"),
    /** A UUID. */
    UUID_TEXT("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    /** True or false. */
    TRUTH("true|false");

    private static final Set<Class<?>> NUMBERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, Year.class);

    private final Pattern texts;

    PartKind(String texts) {
        this.texts = Pattern.compile(texts);
    }

    static PartKind of(Type type) {
        Class<?> raw = SimpleFormats.boxed(TypeBindings.erased(type));
        if (raw == Optional.class) {
            return ANYTHING;
        }
        if (raw == List.class || raw.isRecord()) {
            return SEQUENCE;
        }
        return ofWord(raw);
    }

    private static PartKind ofWord(Class<?> type) {
        if (NUMBERS.contains(type)) {
            return NUMBER;
        }
        if (type == UUID.class) {
            return UUID_TEXT;
        }
        return type == Boolean.class ? TRUTH : WORD;
    }

    /** Whether {@code text}, which stands in a template, is of this kind. */
    boolean canRead(String text) {
        return texts.matcher(text).matches();
    }

    /** Whether some text is of both kinds. */
    boolean canEqual(PartKind other) {
        if (this == other || this == ANYTHING || other == ANYTHING) {
            return true;
        }
        return this != SEQUENCE && other != SEQUENCE && (this == WORD || other == WORD);
    }
}
