package io.cachedconnection.internal.method;

import java.util.Arrays;

/**
 * What tells the calls of a method apart without working out their keys: the method, and the arguments that make the key.
 * Two that are equal have the same key. Immutable.
 */
public final class CallName {

    private static final int LONGEST = 128; // characters

    private final CachedMethod method;
    private final Object kept; // of one part itself, of several an array

    CallName(CachedMethod method, Object kept) {
        this.method = method;
        this.kept = kept;
    }

    /** Whether it takes more room than the key, whose length is bounded. */
    public boolean isLong() {
        return kept instanceof Object[] parts ? isAnyLong(parts) : isLong(kept);
    }

    private static boolean isAnyLong(Object[] parts) {
        for (Object part : parts) { // no stream: this runs in every lookup
            if (isLong(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLong(Object part) {
        return part instanceof String text && text.length() > LONGEST;
    }

    /** What is kept of the arguments. */
    Object kept() {
        return kept;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallName name && method == name.method && isEqual(kept, name.kept);
    }

    private static boolean isEqual(Object one, Object other) {
        if (one instanceof Object[] parts && other instanceof Object[] others) {
            return Arrays.equals(parts, others);
        }
        return one.equals(other);
    }

    @Override
    public int hashCode() {
        int hash = kept instanceof Object[] parts ? Arrays.hashCode(parts) : kept.hashCode();
        return 31 * hash + method.hashCode();
    }

    /** Names the method only: arguments never reach a log. */
    @Override
    public String toString() {
        return "CallName[method=" + method + "]";
    }
}
