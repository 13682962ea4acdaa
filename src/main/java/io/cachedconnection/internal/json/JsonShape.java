package io.cachedconnection.internal.json;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the declaration of a type says about its JSON and about its values. A provider of JSON-B may read almost anything
 * as almost anything else (a list of one as its element, a number with its high bits cut off, an empty object as a record
 * of nulls); a payload that does not have the shape is therefore refused before the provider sees it.
 *
 * <p>Where the declaration does not tell, a shape allows more rather than less.
 */
interface JsonShape {

    /** Whether {@code value} is of the type, and the elements of a collection of theirs. */
    boolean holds(Object value);

    default boolean allowsNull() {
        return true;
    }

    default boolean allowsBoolean() {
        return false;
    }

    /** Whether it may be a string of so many characters. */
    default boolean allowsText(int length) {
        return false;
    }

    /** Whether {@link #allowsText(String)} has to be asked, too. */
    default boolean looksAtText() {
        return false;
    }

    /** Whether it may be this text, which has a length that it may have. */
    default boolean allowsText(String text) {
        return true;
    }

    /** Whether it may be this whole number. */
    default boolean allowsWhole(long number) {
        return false;
    }

    /** Whether it may be this number, in the grammar of JSON; asked where it is not whole, or has many digits. */
    default boolean allowsNumber(String number) {
        return false;
    }

    /** The shape of what an array holds; null if it cannot be an array. */
    default @Nullable JsonShape element() {
        return null;
    }

    /** What an object holds; null if it cannot be an object. */
    default @Nullable Members members() {
        return null;
    }

    /** What a JSON object holds under its names. */
    interface Members {

        /** The shape of what stands under {@code name}; null if that is not known. */
        @Nullable JsonShape shapeOrNull(String name);

        /** The shape of what stands under a name that is not known. */
        default JsonShape further() {
            return AnyShape.ANYTHING;
        }

        /** Whether there may be a member of this name. */
        default boolean allowsName(String name) {
            return true;
        }

        /** How many of the known names must be there. */
        default int required() {
            return 0;
        }
    }

    /**
     * The shape of a type whose declaration says nothing about its JSON.
     *
     * @param type its class
     * @param mayBeNumber whether a large number may be made of a text there
     */
    record AnyShape(Class<?> type, boolean mayBeNumber) implements JsonShape {

        /** Any JSON at all that both providers read alike, and any value. */
        static final JsonShape ANYTHING = new AnyShape(Object.class, false);

        /** The same where large numbers may be. */
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

        /** What is no number is no harm, whoever tries to make one of it. */
        @Override
        public boolean allowsText(String text) {
            return JsonValidator.isNumberInBounds(text)
                    || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
        }

        @Override
        public boolean allowsWhole(long number) {
            return true;
        }

        /** Where nothing says what to make of a number, Johnzon makes a double of it: infinity, if it is too large for one. */
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
     * @param element the shape of what it holds
     */
    record ArrayShape(Class<?> type, JsonShape element) implements JsonShape {

        @Override
        public boolean holds(Object value) {
            if (!type.isInstance(value)) {
                return false;
            }
            // An array cannot hold what is not of its type.
            return !(value instanceof Collection<?> elements)
                    || elements.stream().allMatch(this::holdsElement);
        }

        private boolean holdsElement(Object value) {
            return value == null || element.holds(value);
        }
    }

    /**
     * The shape of a map: an object, or an array of keys and values where a key has no text of its own.
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

                /** A key is made of it, as of a text that is a value. */
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
     * The shape of an {@code Optional} inside a value: that of its content, or null.
     *
     * @param content the shape of what it may hold
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
     * The shape of a record or class of the application: an object with the properties that are sure. All of these must be
     * there, because all are written, null or not; further ones do not matter.
     *
     * @param type its class
     * @param properties the shapes by name; filled after construction if the type holds itself, and then never changed
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

        /** Identity, and below the class only: a type that holds itself would go on for ever. */
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
