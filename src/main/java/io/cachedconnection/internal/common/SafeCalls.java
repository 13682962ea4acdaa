package io.cachedconnection.internal.common;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls foreign code that may throw, and falls back to the safe answer. A lookup fails only if the repository does, and a
 * loaded or committed value is not lost for want of an answer. This also holds if a class is gone with its application or the
 * caller's stack is full.
 */
public final class SafeCalls {

    private SafeCalls() {}

    /** Returns the answer to {@code question}; {@code safe} if it throws. */
    public static <T> T or(T safe, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return safe;
        }
    }

    /** Returns the answer to {@code question}; null if it throws. */
    public static <T> @Nullable T orNull(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return null;
        }
    }
}
