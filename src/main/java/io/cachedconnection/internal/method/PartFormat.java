package io.cachedconnection.internal.method;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the values of one type read in a key: two that differ read differently, and none holds a colon, a brace or white
 * space. A percent sign is followed by two hexadecimal digits, or by one of the marks of {@link PartText}. Thread-safe.
 */
interface PartFormat {

    /** What is known of these texts. */
    PartKind kind();

    /** The text of {@code value}. */
    String text(Object value);

    /** What of {@code value} is kept until its text is needed. Immutable, and equal where that is. */
    default Object kept(Object value) {
        return text(value);
    }

    /** The text of what was {@link #kept}. */
    default String textOfKept(Object kept) {
        return (String) kept;
    }

    /**
     * The format of values that are one word.
     *
     * @param kind what is known of these words
     * @param isImmutable whether the values never change and are equal only if they read alike, so that they are kept as they
     *     are
     * @param words makes them
     */
    record WordFormat(PartKind kind, boolean isImmutable, Function<Object, String> words) implements PartFormat {

        @Override
        public String text(Object value) {
            return words.apply(value);
        }

        @Override
        public Object kept(Object value) {
            return isImmutable ? value : text(value);
        }

        @Override
        public String textOfKept(Object kept) {
            return isImmutable ? text(kept) : (String) kept;
        }
    }

    /**
     * The format of a list, a set or an array, by that of its elements.
     *
     * @param texts {@link Texts#LIST}, or {@link Texts#SET} if the order of the elements means nothing
     */
    record ListFormat(Texts texts, PartFormat element) implements PartFormat {

        @Override
        public PartKind kind() {
            return PartKind.of(texts, element.kind());
        }

        @Override
        public String text(Object value) {
            List<String> elements = new ArrayList<>();
            if (value instanceof Iterable<?> all) {
                all.forEach(each -> elements.add(PartText.of(each, element)));
            } else {
                for (int i = 0; i < Array.getLength(value); i++) {
                    elements.add(PartText.of(Array.get(value, i), element));
                }
            }
            if (texts == Texts.SET) {
                Collections.sort(elements);
            }
            return PartText.sequence(elements);
        }
    }

    /** The format of a record, by those of its components. */
    record RecordFormat(Class<?> type, List<Component> components) implements PartFormat {

        /** A component and how it reads. */
        record Component(PropertyReading.Property property, PartFormat format) {}

        @Override
        public PartKind kind() {
            return new PartKind(
                    Texts.RECORD,
                    type,
                    components.stream().map(each -> each.format.kind()).toList());
        }

        @Override
        public String text(Object value) {
            return PartText.sequence(components.stream()
                    .map(each -> PartText.of(each.property.of(value), each.format))
                    .toList());
        }
    }

    /** The format of an {@code Optional}: that of its value, or a mark that no value has. */
    record OptionalFormat(PartFormat present) implements PartFormat {

        private static final String EMPTY = "%-";

        @Override
        public PartKind kind() {
            return PartKind.of(Texts.OPTIONAL, present.kind());
        }

        @Override
        public String text(Object value) {
            Object inside = ((Optional<?>) value).orElse(null);
            return inside == null ? EMPTY : present.text(inside);
        }
    }
}
