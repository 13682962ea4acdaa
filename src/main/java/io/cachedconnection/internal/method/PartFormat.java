package io.cachedconnection.internal.method;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The format of one type of values in a key. Different values have different texts, and no text contains a colon, a brace or
 * white space. After a percent sign come two hexadecimal digits or one of the marks of {@link PartText}. Thread-safe.
 */
interface PartFormat {

    /** Returns the kind of these texts. */
    PartKind kind();

    /** Returns the text of {@code value}. */
    String text(Object value);

    /** Returns an immutable object from which the text can be made later; equal if the texts are equal. */
    default Object kept(Object value) {
        return text(value);
    }

    /** Returns the text of a {@link #kept} object. */
    default String textOfKept(Object kept) {
        return (String) kept;
    }

    /**
     * The format of one-word values.
     *
     * @param kind the kind of these words
     * @param isImmutable whether the values are immutable and equal only if their texts are, so that they can be kept
     * @param words makes the words
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
     * The format of a list, set or array, based on the format of its elements.
     *
     * @param texts {@link Texts#LIST}, or {@link Texts#SET} if the order of the elements is irrelevant
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

    /** The format of a record, based on the formats of its components. */
    record RecordFormat(Class<?> type, List<Component> components) implements PartFormat {

        /** A component and its format. */
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

    /** The format of an {@code Optional}: the text of its value, or a mark that no value has. */
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
