package io.cachedconnection.provider;

import io.cachedconnection.internal.message.ProviderMessage;
import org.jspecify.annotations.Nullable;

/** Checks that a value is not null. */
final class Required {

    private Required() {}

    static <T> T value(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(ProviderMessage.MISSING.with(what));
        }
        return value;
    }
}
