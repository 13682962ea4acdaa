package io.cachedconnection.history;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that a node did or saw. Moments are those of {@link System#nanoTime}, which all processes of a machine share.
 *
 * @param kind what
 * @param key the row it was about
 * @param start when it began
 * @param end when it was over
 * @param row what was seen or written
 * @param floor a lookup must see what was written before this moment; for a write, the transaction's begin
 */
record Event(Kind kind, int key, long start, long end, Row row, long floor) {

    /** What happened. */
    enum Kind {
        /** Nothing: the end of what was recorded. */
        NONE(0),
        /** A lookup. */
        LOOKUP(1),
        /** A lookup of a row by the transaction that has just written it; {@code floor} is the version it wrote. */
        OWN_LOOKUP(2),
        /** A lookup that threw. */
        THREW(3),
        /** A load of a hot row. */
        LOAD(4),
        /** A load of a row that nobody writes, and that all look up at the same time. */
        COLD_LOAD(5),
        /** A write that returned, committed. */
        COMMITTED(6),
        /** A write that returned, rolled back. */
        ROLLED_BACK(7),
        /** A write that returned, refused because Redis was away. */
        REFUSED(8),
        /** A lookup that was answered from the memory of its node. */
        NEAR_LOOKUP(9),
        /**
         * A lookup of a brief row, which nobody writes and which lives shortly. Its version is the moment it was loaded at;
         * {@code floor} is the latest moment at which it was stored, if this lookup has loaded it, else 0.
         */
        BRIEF_LOOKUP(10),
        /** A write whose client has given up on its commit, which may be done all the same, now or later. */
        UNKNOWN(11);

        private static final Map<Long, Kind> BY_CODE =
                Arrays.stream(values()).collect(Collectors.toMap(Kind::code, Function.identity()));

        private final long code;

        Kind(long code) {
            this.code = code;
        }

        /** What it is in a file. */
        long code() {
            return code;
        }

        static Kind of(long code) {
            Kind kind = BY_CODE.get(code);
            if (kind == null) {
                throw new IllegalStateException("No kind of event: " + code);
            }
            return kind;
        }
    }

    long nanos() {
        return end - start;
    }
}
