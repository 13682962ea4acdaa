package io.cachedconnection.internal.method;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a part of a key by its type.
 *
 * @param texts what its texts look like
 * @param type the enum or record; null for all other types, of which several may read alike on purpose
 * @param inside the kinds of its elements, components or value
 */
record PartKind(Texts texts, @Nullable Class<?> type, List<PartKind> inside) {

    static PartKind of(Texts texts, PartKind... inside) {
        return new PartKind(texts, null, List.of(inside));
    }

    /**
     * Whether a write with a part of this kind and a lookup with one of the other can mean the same by the same text. A
     * UUID and a text that may hold one cannot: the text may spell it in another way.
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

    /** Whether some text is of both kinds, whatever it means. */
    boolean overlaps(PartKind other) {
        if (texts == Texts.OPTIONAL || other.texts == Texts.OPTIONAL) {
            return texts == other.texts || value().overlaps(other.value());
        }
        if (texts.areMarked() || other.texts.areMarked()) { // elements and components may be null, or there are none
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
