package io.cachedconnection.internal.common;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of code from outside that may throw: then the answer counts with which nothing can go wrong. A lookup fails only if
 * the repository does, and what has been loaded or committed is not lost for want of an answer; also not
 * where a class is gone with its application, or the caller's stack is full.
 */
public final class SafeCalls {

    private SafeCalls() {}

    /** The answer to {@code question}; in doubt {@code safe}. */
    public static <T> T or(T safe, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return safe;
        }
    }

    /** The answer to {@code question}; in doubt null. */
    public static <T> @Nullable T orNull(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return null;
        }
    }
}
