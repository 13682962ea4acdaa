package io.cachedconnection.outages;

/**
 * Something that can befall Redis: a row of the table.
 *
 * @param name what it is called, in the table and on the command line
 * @param how what the test does to bring it about
 * @param nature what is to be expected
 * @param maker makes servers to which it can be done
 * @param crowd how many more threads use the application meanwhile
 */
record Fault(String name, String how, Nature nature, Maker maker, int crowd) {

    /** One without a crowd. */
    Fault(String name, String how, Nature nature, Maker maker) {
        this(name, how, nature, maker, 0);
    }

    /** What is to be expected of it. */
    enum Nature {
        /** Nothing works while it lasts: the breaker has to open, and lookups cost nothing then. */
        TOTAL,
        /** As total for lookups; writes, which have ten times as long, may get through, so they may wait before and after. */
        TRICKLE,
        /** Redis still answers some commands, or for some keys. */
        PARTIAL,
        /** Redis is well; the way to it, or the application itself, is slow. So nothing may be said of Redis. */
        SLOW,
        /** It is over at once, or the servers repair it themselves. */
        PASSING,
        /** As passing, but writes that Redis has acknowledged may be lost. */
        FAILOVER;

        boolean lasts() {
            return this != PASSING && this != FAILOVER;
        }
    }

    /** Makes servers. */
    @FunctionalInterface
    interface Maker {
        Scene make() throws Exception;
    }
}
