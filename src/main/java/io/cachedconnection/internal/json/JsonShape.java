package io.cachedconnection.internal.json;

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
}
