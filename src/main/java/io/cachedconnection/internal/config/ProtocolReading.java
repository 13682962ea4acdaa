package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Protocol;
import java.time.Duration;

/** The settings of the protocol. */
final class ProtocolReading {

    private static final Protocol DEFAULTS = Protocol.defaults();

    private final ConfigReader configReader;

    ProtocolReading(ConfigReader configReader) {
        this.configReader = configReader;
    }

    /** The settings; {@code budget} is how long Redis may keep one lookup waiting. */
    Protocol settings(Duration budget) {
        Duration age = configReader.general(Setting.MAX_TRANSACTION_AGE).orElse(DEFAULTS.maxTransactionAge());
        return new Protocol(
                budget,
                configReader.general(Setting.LEASE_TIMEOUT).orElse(DEFAULTS.leaseTimeout()),
                configReader.general(Setting.LEASE_WAIT).orElse(DEFAULTS.leaseWait()),
                age,
                configReader.general(Setting.REPLICA_LAG).orElse(DEFAULTS.replicaLag()),
                evictTimeout(budget, age),
                configReader.general(Setting.EVICT_ON_FAILURE).orElse(DEFAULTS.onFailure()),
                configReader.general(Setting.EVICT_JOURNAL_SIZE).orElse(DEFAULTS.journalSize()));
    }

    /** Unless set, no shorter than a lookup waits. An announcement that is waited for longer than it stands is worth nothing. */
    private Duration evictTimeout(Duration budget, Duration age) {
        Duration usual = budget.compareTo(DEFAULTS.evictTimeout()) > 0 ? budget : DEFAULTS.evictTimeout();
        Duration timeout = configReader.general(Setting.EVICT_TIMEOUT).orElse(usual.compareTo(age) > 0 ? age : usual);
        if (timeout.compareTo(age) > 0) {
            configReader.refuse(
                    Setting.EVICT_TIMEOUT,
                    timeout,
                    "that is longer than " + Setting.MAX_TRANSACTION_AGE.key() + ", " + age);
        }
        return timeout;
    }
}
