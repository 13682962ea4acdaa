package io.cachedconnection.internal.method;

import java.util.function.Function;

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
