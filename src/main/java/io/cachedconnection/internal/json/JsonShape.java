package io.cachedconnection.internal.json;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The constraints that a type's declaration puts on its JSON and its values. A JSON-B provider may read almost anything as
 * almost anything else: a list of one as its element, a number without its high bits, an empty object as a record of nulls.
 * Therefore a payload without the shape is refused before the provider reads it.
 *
 * <p>If the declaration is ambiguous, a shape allows more rather than less.
 */
interface JsonShape {

    /** Tells whether {@code value} has the type, and the elements of a collection theirs. */
    boolean holds(Object value);

    default boolean allowsNull() {
        return true;
    }

    default boolean allowsBoolean() {
        return false;
    }

    /** Tells whether a string of this length is allowed. */
    default boolean allowsText(int length) {
        return false;
    }

    /** Tells whether {@link #allowsText(String)} must be checked as well. */
    default boolean looksAtText() {
        return false;
    }

    /** Tells whether this text, whose length is allowed, is allowed. */
    default boolean allowsText(String text) {
        return true;
    }

    /** Tells whether this integer is allowed. */
    default boolean allowsWhole(long number) {
        return false;
    }

    /** Tells whether this JSON number is allowed. Called for numbers that are not integers or have many digits. */
    default boolean allowsNumber(String number) {
        return false;
    }

    /** Returns the shape of array elements; null if an array is not allowed. */
    default @Nullable JsonShape element() {
        return null;
    }

    /** Returns the members of an object; null if an object is not allowed. */
    default @Nullable Members members() {
        return null;
    }

    /** The shapes of the members of a JSON object. */
    interface Members {

        /** Returns the shape of the member {@code name}; null if the name is unknown. */
        @Nullable JsonShape shapeOrNull(String name);

        /** Returns the shape of members with unknown names. */
        default JsonShape further() {
            return AnyShape.ANYTHING;
        }

        /** Tells whether a member of this name is allowed. */
        default boolean allowsName(String name) {
            return true;
        }

        /** Returns the number of known names that must be present. */
        default int required() {
            return 0;
        }
    }

    /**
     * The shape of a type whose declaration does not determine its JSON.
     *
     * @param type its class
     * @param mayBeNumber true if a text may become a large number
     */
    record AnyShape(Class<?> type, boolean mayBeNumber) implements JsonShape {

        /** Any JSON that both providers read alike, and any value. */
        static final JsonShape ANYTHING = new AnyShape(Object.class, false);

        /** Any JSON that both providers read alike, except texts that may become numbers beyond the limits. */
        static final JsonShape WITH_NUMBERS = new AnyShape(Object.class, true);

        AnyShape(Class<?> type) {
            this(type, type == Number.class);
        }

        @Override
        public boolean holds(Object value) {
            return type.isInstance(value);
        }

        @Override
        public boolean allowsBoolean() {
            return true;
        }

        @Override
        public boolean allowsText(int length) {
            return true;
        }

        @Override
        public boolean looksAtText() {
            return mayBeNumber;
        }

        /** A text that is not a number is harmless. */
        @Override
        public boolean allowsText(String text) {
            return JsonValidator.isNumberInBounds(text)
                    || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
        }

        @Override
        public boolean allowsWhole(long number) {
            return true;
        }

        /** For a number of unknown type Johnzon creates a double, which becomes infinity if the number is too large. */
        @Override
        public boolean allowsNumber(String number) {
            return type != Object.class || ScalarShape.Form.DOUBLE.fits(number);
        }

        @Override
        public JsonShape element() {
            return mayBeNumber ? WITH_NUMBERS : ANYTHING;
        }

        @Override
        public Members members() {
            return name -> element();
        }
    }

    /**
     * The shape of a collection or an array.
     *
     * @param type its class
     * @param element the shape of its elements
     */
    record ArrayShape(Class<?> type, JsonShape element) implements JsonShape {

        @Override
        public boolean holds(Object value) {
            if (!type.isInstance(value)) {
                return false;
            }
            // An array cannot contain elements of another type.
            return !(value instanceof Collection<?> elements)
                    || elements.stream().allMatch(this::holdsElement);
        }

        private boolean holdsElement(Object value) {
            return value == null || element.holds(value);
        }
    }

    /**
     * The shape of a map: an object, or an array of keys and values if keys have no text.
     *
     * @param type its class
     * @param key the shape of its keys
     * @param content the shape of its values
     */
    record MapShape(Class<?> type, JsonShape key, JsonShape content) implements JsonShape {

        @Override
        public boolean holds(Object value) {
            return type.isInstance(value)
                    && ((Map<?, ?>) value).entrySet().stream().allMatch(this::holdsEntry);
        }

        @Override
        public Members members() {
            return new Members() {
                @Override
                public JsonShape shapeOrNull(String name) {
                    return content;
                }

                /** Checks the key as a text value. */
                @Override
                public boolean allowsName(String name) {
                    return !(key instanceof ScalarShape scalar) || scalar.allowsKey(name);
                }
            };
        }

        @Override
        public @Nullable JsonShape element() {
            return key instanceof ScalarShape scalar && scalar.form() != ScalarShape.Form.WORD
                    ? null
                    : JsonShape.AnyShape.ANYTHING;
        }

        private boolean holdsEntry(Map.Entry<?, ?> entry) {
            return (entry.getKey() == null || key.holds(entry.getKey()))
                    && (entry.getValue() == null || content.holds(entry.getValue()));
        }
    }

    /**
     * The shape of an {@code Optional} inside a value: the shape of its content, or null.
     *
     * @param content the shape of its content
     */
    record OptionalShape(JsonShape content) implements JsonShape {

        @Override
        public boolean holds(Object value) {
            return value instanceof Optional<?> optional
                    && optional.map(content::holds).orElse(true);
        }

        @Override
        public boolean allowsBoolean() {
            return content.allowsBoolean();
        }

        @Override
        public boolean allowsText(int length) {
            return content.allowsText(length);
        }

        @Override
        public boolean looksAtText() {
            return content.looksAtText();
        }

        @Override
        public boolean allowsText(String text) {
            return content.allowsText(text);
        }

        @Override
        public boolean allowsWhole(long number) {
            return content.allowsWhole(number);
        }

        @Override
        public boolean allowsNumber(String number) {
            return content.allowsNumber(number);
        }

        @Override
        public @Nullable JsonShape element() {
            return content.element();
        }

        @Override
        public @Nullable Members members() {
            return content.members();
        }
    }

    /**
     * The shape of an application's record or class: an object with the properties that are certain. All of them must be
     * present, because all are written, including nulls. Further members are ignored.
     *
     * @param type its class
     * @param properties the shapes by name; filled after construction if the type contains itself, and constant afterwards
     * @param further the shape of its other members
     */
    record ObjectShape(Class<?> type, Map<String, JsonShape> properties, JsonShape further)
            implements JsonShape, JsonShape.Members {

        @Override
        public boolean holds(Object value) {
            return type.isInstance(value);
        }

        @Override
        public Members members() {
            return this;
        }

        @Override
        public @Nullable JsonShape shapeOrNull(String name) {
            return properties.get(name);
        }

        @Override
        public int required() {
            return properties.size(); // no name is there twice
        }

        /** Compares by identity, because comparing a recursive type by content would not terminate. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return type.getName();
        }
    }
}
