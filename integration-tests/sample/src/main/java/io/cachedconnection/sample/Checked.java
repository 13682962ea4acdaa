package io.cachedconnection.sample;

import java.util.function.Supplier;

/** The place where a broken rule of the domain becomes a malformed request, because a request's words broke it. */
final class Checked {

    private Checked() {}

    static <T> T by(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }
}
