package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Protocol;
import java.time.Duration;

/** The settings of the protocol. */
final class ProtocolReading {

    private static final Protocol DEFAULTS = Protocol.defaults();

    private final Reading reading;

    ProtocolReading(Reading reading) {
        this.reading = reading;
    }

    /** The settings; {@code budget} is how long Redis may keep one lookup waiting. */
    Protocol settings(Duration budget) {
        Duration age = reading.general(Setting.MAX_TRANSACTION_AGE).orElse(DEFAULTS.maxTransactionAge());
        return new Protocol(
                budget,
                reading.general(Setting.LEASE_TIMEOUT).orElse(DEFAULTS.leaseTimeout()),
                reading.general(Setting.LEASE_WAIT).orElse(DEFAULTS.leaseWait()),
                age,
                reading.general(Setting.REPLICA_LAG).orElse(DEFAULTS.replicaLag()),
                evictTimeout(budget, age),
                reading.general(Setting.EVICT_ON_FAILURE).orElse(DEFAULTS.onFailure()),
                reading.general(Setting.EVICT_JOURNAL_SIZE).orElse(DEFAULTS.journalSize()));
    }

    /** Unless set, no shorter than a lookup waits. An announcement that is waited for longer than it stands is worth nothing. */
    private Duration evictTimeout(Duration budget, Duration age) {
        Duration usual = budget.compareTo(DEFAULTS.evictTimeout()) > 0 ? budget : DEFAULTS.evictTimeout();
        Duration timeout = reading.general(Setting.EVICT_TIMEOUT).orElse(usual.compareTo(age) > 0 ? age : usual);
        if (timeout.compareTo(age) > 0) {
            reading.refuse(
                    Setting.EVICT_TIMEOUT,
                    timeout,
                    "that is longer than " + Setting.MAX_TRANSACTION_AGE.key() + ", " + age);
        }
        return timeout;
    }
}
