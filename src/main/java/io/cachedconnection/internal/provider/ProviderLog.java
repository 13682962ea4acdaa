package io.cachedconnection.internal.provider;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.message.AccessMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Logs the programmatic caching of provider connections with the id and without the content. Reports an unavailable Redis once
 * a minute, because every call meets it. Thread-safe.
 */
public final class ProviderLog {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Logger logger;
    private final Throttle throttle;

    /** Creates a log that reads the time from {@code nanoTime}. */
    public ProviderLog(LongSupplier nanoTime) {
        this(System.getLogger("io.cachedconnection"), nanoTime);
    }

    ProviderLog(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.throttle = new Throttle(SILENCE, nanoTime);
    }

    void unreadable() {
        logger.log(Level.WARNING, AccessMessage.UNREADABLE.with());
    }

    void unreachable(String what, UUID connectionId) {
        if (throttle.permits()) {
            logger.log(Level.WARNING, AccessMessage.UNREACHABLE.with(what, connectionId, SILENCE.toSeconds()));
        }
    }
}
