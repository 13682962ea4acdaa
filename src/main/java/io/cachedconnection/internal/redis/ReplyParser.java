package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses replies. A reply that does not fit the request is garbage. */
final class ReplyParser {

    private static final int LAST_PORT = 65_535;
    private static final long FOR_EVER = -1; // the reply of PTTL; -2 means that there is no entry
    private static final Duration VERY_LONG = Duration.ofDays(3650);

    private ReplyParser() {}

    /** Parses host and port from a Sentinel; null for none. */
    static @Nullable HostPort address(@Nullable Object reply) {
        if (reply == null) {
            return null;
        }
        if (reply instanceof List<?> parts
                && parts.size() == 2
                && parts.get(0) instanceof byte[] host
                && parts.get(1) instanceof byte[] port) {
            try {
                return new HostPort(new String(host, UTF_8), port(Long.parseLong(new String(port, UTF_8))));
            } catch (NumberFormatException e) {
                throw garbage();
            }
        }
        throw garbage();
    }

    static int port(long number) {
        if (number < 1 || number > LAST_PORT) {
            throw garbage();
        }
        return (int) number;
    }

    static long number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw garbage();
    }

    /** Parses a list of texts, as bytes. */
    static List<byte[]> texts(@Nullable Object reply) {
        if (!(reply instanceof List<?> parts)) {
            throw garbage();
        }
        List<byte[]> texts = new ArrayList<>(parts.size());
        for (@Nullable Object part : parts) {
            if (!(part instanceof byte[] text)) {
                throw garbage();
            }
            texts.add(text);
        }
        return texts;
    }

    /** Parses the yes-or-no reply of a script. */
    static boolean word(@Nullable Object reply) {
        String word = reply instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
        if (word.equals("YES") || word.equals("NO")) {
            return word.equals("YES");
        }
        throw garbage();
    }

    /** Parses bytes or null. */
    static byte @Nullable [] bytes(@Nullable Object reply) {
        if (reply == null || reply instanceof byte[]) {
            return (byte[]) reply;
        }
        throw garbage();
    }

    /** Parses the reply of the script that acquires a lease: a verdict, with a present value or with the stamps of a lease. */
    static LeaseResult leaseResult(@Nullable Object reply) {
        if (!(reply instanceof List<?> parts) || parts.isEmpty() || !(parts.get(0) instanceof byte[] word)) {
            throw garbage();
        }
        String name = new String(word, UTF_8);
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.UNREACHABLE
                    && verdict != Verdict.PRESENT
                    && verdict.name().equals(name)) {
                return verdict == Verdict.LEASED && parts.size() == 2 && parts.get(1) instanceof byte[] stamps
                        ? LeaseResult.leased(Stamps.of(stamps))
                        : LeaseResult.of(verdict);
            }
        }
        if (name.equals(Verdict.PRESENT.name()) && parts.size() == 2 && parts.get(1) instanceof byte[] payload) {
            return LeaseResult.present(payload);
        }
        throw garbage();
    }

    /**
     * Parses a value, with its TTL in milliseconds before and after it was read. The value may have come or gone in between, so
     * the shorter one counts.
     */
    static @Nullable StoredEntry entry(List<@Nullable Object> replies) {
        if (!(replies.get(1) instanceof byte[] payload)) {
            throw garbage();
        }
        Duration before = life(replies.get(0));
        Duration after = life(replies.get(2));
        return payload.length == 0 ? null : new StoredEntry(payload, before.compareTo(after) < 0 ? before : after);
    }

    private static Duration life(@Nullable Object reply) {
        long millis = number(reply);
        return millis == FOR_EVER ? VERY_LONG : Duration.ofMillis(Math.max(0, millis));
    }

    static StoreException garbage() {
        return new StoreException(Reason.GARBAGE, "not an answer of Redis");
    }
}
