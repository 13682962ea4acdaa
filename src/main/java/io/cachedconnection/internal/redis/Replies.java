package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What replies mean. A reply that Redis does not give to what was asked is garbage, whatever it is. */
final class Replies {

    private Replies() {}

    static long number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw garbage();
    }

    static boolean yes(@Nullable Boolean reply) {
        if (reply == null) {
            throw garbage();
        }
        return reply;
    }

    /** The reply of the script that acquires a lease: a verdict, and the value if it is there. */
    static Grant grant(@Nullable Object reply) {
        if (!(reply instanceof List<?> parts) || parts.isEmpty() || !(parts.get(0) instanceof byte[] word)) {
            throw garbage();
        }
        Verdict verdict = verdict(new String(word, UTF_8));
        if (verdict != Verdict.PRESENT) {
            return Grant.of(verdict);
        }
        if (parts.size() == 2 && parts.get(1) instanceof byte[] payload) {
            return Grant.present(payload);
        }
        throw garbage();
    }

    private static Verdict verdict(String word) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.UNREACHABLE && verdict.name().equals(word)) {
                return verdict;
            }
        }
        throw garbage();
    }

    private static StoreException garbage() {
        return new StoreException(Reason.GARBAGE, "not an answer of Redis");
    }
}
