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
        return new Protocol(
                budget,
                reading.general(Setting.LEASE_TIMEOUT).orElse(DEFAULTS.leaseTimeout()),
                reading.general(Setting.LEASE_WAIT).orElse(DEFAULTS.leaseWait()),
                reading.general(Setting.MAX_TRANSACTION_AGE).orElse(DEFAULTS.maxTransactionAge()),
                reading.general(Setting.REPLICA_LAG).orElse(DEFAULTS.replicaLag()),
                reading.general(Setting.EVICT_ON_FAILURE).orElse(DEFAULTS.onFailure()),
                reading.general(Setting.EVICT_JOURNAL_SIZE).orElse(DEFAULTS.journalSize()));
    }
}
