package io.cachedconnection.internal.telemetry;

import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.message.CoreMessage;
import io.cachedconnection.internal.message.Message;
import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.internal.message.ValueMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Logs the events of the engine. Events of the store are logged at once, because the engine limits their rate. Events of values
 * are logged once a minute for each cache and kind. Thread-safe.
 */
public final class EngineLog implements EngineEvents, ServerEvents {

    private static final String ROOT = "io.cachedconnection";

    /** The logger for the availability of Redis: one switch for all these lines. */
    private static final String STATE = ROOT + ".state";

    /** The logger for single lookups: DEBUG shows those that load, TRACE all. */
    private static final String LOOKUPS = ROOT + ".lookups";

    /** The minimum time between two equal lines about the store or values. */
    public static final Duration SILENCE = Duration.ofMinutes(1);

    private final String address;
    private final Logger logger;
    private final Logger state;
    private final Logger lookups;
    private final LongSupplier nanoTime;
    private final Map<Topic, Throttle> throttles = new ConcurrentHashMap<>(); // bounded by caches times kinds

    /** Creates the log of an engine whose Redis is at {@code address}, which must not contain a user or a password. */
    public EngineLog(String address, LongSupplier nanoTime) {
        this(address, System::getLogger, nanoTime);
    }

    EngineLog(String address, Function<String, Logger> loggers, LongSupplier nanoTime) {
        this.address = address;
        this.logger = loggers.apply(ROOT);
        this.state = loggers.apply(STATE);
        this.lookups = loggers.apply(LOOKUPS);
        this.nanoTime = nanoTime;
    }

    private void warn(String line) {
        logger.log(Level.WARNING, line);
    }

    @Override
    public void storeLost(String reason) {
        state.log(Level.WARNING, StoreMessage.LOST.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void storeBack() {
        state.log(Level.INFO, StoreMessage.BACK.with(address));
    }

    @Override
    public void writesCrowded() {
        if (isNews(StoreMessage.WRITES_CROWDED, "")) {
            warn(StoreMessage.WRITES_CROWDED.with(address, SILENCE.toSeconds()));
        }
    }

    @Override
    public void evictionsLost(int number) {
        warn(StoreMessage.EVICTIONS_LOST.with(number, address));
    }

    @Override
    public void changesUnheard(String reason) {
        state.log(Level.WARNING, StoreMessage.UNHEARD.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void changesHeard() {
        state.log(Level.INFO, StoreMessage.HEARD.with(address));
    }

    @Override
    public Detail followed() {
        if (lookups.isLoggable(Level.TRACE)) {
            return Detail.ALL;
        }
        return lookups.isLoggable(Level.DEBUG) ? Detail.LOADS : Detail.NONE;
    }

    @Override
    public void lookedUp(EntryKey key, String trail, long nanos) {
        boolean isLoad = trail.contains("load");
        lookups.log(
                isLoad ? Level.DEBUG : Level.TRACE,
                () -> "Lookup in cache " + key.cache() + ", key " + key.digest() + ": " + trail + "; "
                        + TimeUnit.NANOSECONDS.toMicros(nanos) + " µs.");
    }

    @Override
    public void fenceMended(String cache) {
        try {
            if (isNews(StoreMessage.FENCE_MENDED, cache)) {
                warn(StoreMessage.FENCE_MENDED.with(cache, address, SILENCE.toSeconds()));
            }
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return; // the log failed, not the step that it reports
        }
    }

    @Override
    public void loadWaits(EntryKey key) {
        if (isNews(CoreMessage.LOAD_WAITS, key.cache())) {
            warn(CoreMessage.LOAD_WAITS.with(key.cache(), SILENCE.toSeconds()));
        }
    }

    @Override
    public void serverUnknown(String server) {
        warn(StoreMessage.SERVER_UNKNOWN.with(server));
    }

    @Override
    public void serverReplaced(String server) {
        warn(StoreMessage.SERVER_REPLACED.with(server));
    }

    @Override
    public void serverForgets(String server, String policy) {
        warn(StoreMessage.SERVER_FORGETS.with(server, policy));
    }

    @Override
    public void serverWritesAlone(String server) {
        warn(StoreMessage.SERVER_WRITES_ALONE.with(server));
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        ValueMessage message = switch (cause.fault()) {
            case DAMAGED, CODEC_FAILED -> ValueMessage.UNDECODABLE;
            case OUTDATED -> ValueMessage.OUTDATED;
            case UNTRUSTED -> ValueMessage.UNTRUSTED;
        };
        say(message, key, key.cache(), cause.kind(), SILENCE.toSeconds());
        boolean evictsByStamp = !key.tags().isEmpty() && !key.space().isSwept();
        if (evictsByStamp
                && cause.kind().equals(UnreadableValueException.WITHOUT_STAMPS)
                && isNews(StoreMessage.NODE_WITHOUT_STAMPS, key.cache())) {
            warn(StoreMessage.NODE_WITHOUT_STAMPS.with(key.cache(), address, SILENCE.toSeconds()));
        }
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        ValueMessage message =
                cause.fault() == Fault.CODEC_FAILED ? ValueMessage.CODEC_FAILED : ValueMessage.UNENCODABLE;
        say(message, key, key.cache(), cause.kind(), SILENCE.toSeconds());
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        say(ValueMessage.TOO_LARGE, key, key.cache(), bytes, limit, SILENCE.toSeconds());
    }

    @Override
    public void lied(EntryKey key) {
        logger.log(Level.DEBUG, () -> ValueMessage.LIE.id() + " cache " + key.cache() + ", key " + key.digest());
        if (isNews(ValueMessage.LIE, key.cache())) {
            warn(ValueMessage.LIE.with(key.cache(), key.digest(), SILENCE.toSeconds()));
        }
    }

    /** The subject of a line. */
    private record Topic(Message message, String cache) {}

    private boolean isNews(Message message, String cache) {
        return throttles
                .computeIfAbsent(new Topic(message, cache), fresh -> new Throttle(SILENCE, nanoTime))
                .permits();
    }

    private void say(ValueMessage message, EntryKey key, Object... particulars) {
        logger.log(Level.DEBUG, () -> message.id() + " cache " + key.cache() + ", key " + key.digest());
        if (isNews(message, key.cache())) {
            // Outdated entries are expected after an upgrade of the application.
            logger.log(message == ValueMessage.OUTDATED ? Level.INFO : Level.WARNING, message.with(particulars));
        }
    }
}
