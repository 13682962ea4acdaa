package io.cachedconnection.internal.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
