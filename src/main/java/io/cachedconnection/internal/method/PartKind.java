package io.cachedconnection.internal.method;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a part of a key, derived from its type.
 *
 * @param texts the form of its texts
 * @param type the enum or record; null for all other types, several of which may intentionally have the same texts
 * @param inside the kinds of its elements, components or value
 */
record PartKind(Texts texts, @Nullable Class<?> type, List<PartKind> inside) {

    static PartKind of(Texts texts, PartKind... inside) {
        return new PartKind(texts, null, List.of(inside));
    }

    /**
     * Whether the same text can have the same meaning in a write with this kind and a lookup with the other. A UUID and a
     * string cannot: the string may spell the UUID in another way.
     */
    boolean means(PartKind other) {
        PartKind one = value();
        PartKind two = other.value();
        return one.texts == two.texts
                && Objects.equals(one.type, two.type)
                && one.inside.size() == two.inside.size()
                && IntStream.range(0, one.inside.size())
                        .allMatch(i -> one.inside.get(i).means(two.inside.get(i)));
    }

    /** Whether some text has both kinds, with any meaning. */
    boolean overlaps(PartKind other) {
        if (texts == Texts.OPTIONAL || other.texts == Texts.OPTIONAL) {
            return texts == other.texts || value().overlaps(other.value());
        }
        if (texts.areMarked() || other.texts.areMarked()) { // elements and components may be null or absent
            boolean sameCount = inside.size() == other.inside.size();
            return texts.areMarked()
                    && other.texts.areMarked()
                    && (texts != Texts.RECORD || other.texts != Texts.RECORD || sameCount);
        }
        if (texts == Texts.ENUM) {
            return constants().anyMatch(other::canRead);
        }
        return other.texts == Texts.ENUM ? other.overlaps(this) : texts.overlap(other.texts);
    }

    /** Whether {@code word} is a text of this kind. */
    boolean canRead(String word) {
        PartKind value = value();
        return value.texts == Texts.ENUM ? value.constants().anyMatch(word::equals) : value.texts.include(word);
    }

    private PartKind value() {
        return texts == Texts.OPTIONAL ? inside.get(0) : this;
    }

    private Stream<String> constants() {
        return Stream.of(Objects.requireNonNull(type).getEnumConstants())
                .map(constant -> PartText.of(((Enum<?>) constant).name()));
    }
}
