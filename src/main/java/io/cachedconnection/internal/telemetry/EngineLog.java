package io.cachedconnection.internal.telemetry;

import io.cachedconnection.internal.core.EngineEvents;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.ServerEvents;
import io.cachedconnection.internal.core.Throttle;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import io.cachedconnection.internal.message.CoreMessage;
import io.cachedconnection.internal.message.Message;
import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.internal.message.ValueMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The engine's events as lines of the log. Those of the store are written as they come, for the engine spaces them; those
 * of values once a minute for each cache and kind. Thread-safe.
 */
public final class EngineLog implements EngineEvents, ServerEvents {

    /** How long the same thing is not said again, in the store's and the values' lines. */
    public static final Duration SILENCE = Duration.ofMinutes(1);

    private final String address;
    private final Logger logger;
    private final LongSupplier nanoTime;
    private final Map<Topic, Throttle> throttles = new ConcurrentHashMap<>(); // no more than caches times kinds

    /** The log of an engine whose Redis is at {@code address}, which must hold no user and no password. */
    public EngineLog(String address, LongSupplier nanoTime) {
        this(address, System.getLogger("io.cachedconnection"), nanoTime);
    }

    EngineLog(String address, Logger logger, LongSupplier nanoTime) {
        this.address = address;
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    @Override
    public void storeLost(String reason) {
        logger.log(Level.WARNING, StoreMessage.LOST.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void storeBack() {
        logger.log(Level.WARNING, StoreMessage.BACK.with(address));
    }

    @Override
    public void writesCrowded() {
        if (isNews(StoreMessage.WRITES_CROWDED, "")) {
            logger.log(Level.WARNING, StoreMessage.WRITES_CROWDED.with(address, SILENCE.toSeconds()));
        }
    }

    @Override
    public void evictionsLost(int number) {
        logger.log(Level.WARNING, StoreMessage.EVICTIONS_LOST.with(number, address));
    }

    @Override
    public void changesUnheard(String reason) {
        logger.log(Level.WARNING, StoreMessage.UNHEARD.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void changesHeard() {
        logger.log(Level.WARNING, StoreMessage.HEARD.with(address));
    }

    /** A fence of this cache held what no node can have meant, and was mended; once a minute for each cache. Never throws. */
    @Override
    public void fenceMended(String cache) {
        try {
            if (isNews(StoreMessage.FENCE_MENDED, cache)) {
                logger.log(Level.WARNING, StoreMessage.FENCE_MENDED.with(cache, address, SILENCE.toSeconds()));
            }
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return; // of a log: the step that found it has been done
        }
    }

    @Override
    public void loadWaits(EntryKey key) {
        if (isNews(CoreMessage.LOAD_WAITS, key.cache())) {
            logger.log(Level.WARNING, CoreMessage.LOAD_WAITS.with(key.cache(), SILENCE.toSeconds()));
        }
    }

    @Override
    public void serverUnknown(String server) {
        logger.log(Level.WARNING, StoreMessage.SERVER_UNKNOWN.with(server));
    }

    @Override
    public void serverReplaced(String server) {
        logger.log(Level.WARNING, StoreMessage.SERVER_REPLACED.with(server));
    }

    @Override
    public void serverForgets(String server, String policy) {
        logger.log(Level.WARNING, StoreMessage.SERVER_FORGETS.with(server, policy));
    }

    @Override
    public void serverWritesAlone(String server) {
        logger.log(Level.WARNING, StoreMessage.SERVER_WRITES_ALONE.with(server));
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        say(message(cause.fault()), key, key.cache(), cause.kind(), SILENCE.toSeconds());
    }

    private static ValueMessage message(Fault fault) {
        return switch (fault) {
            case DAMAGED -> ValueMessage.UNDECODABLE;
            case OUTDATED -> ValueMessage.OUTDATED;
            case UNTRUSTED -> ValueMessage.UNTRUSTED;
        };
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        say(ValueMessage.UNENCODABLE, key, key.cache(), cause.kind(), SILENCE.toSeconds());
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        say(ValueMessage.TOO_LARGE, key, key.cache(), bytes, limit, SILENCE.toSeconds());
    }

    /** What a line is about. */
    private record Topic(Message message, String cache) {}

    private boolean isNews(Message message, String cache) {
        return throttles
                .computeIfAbsent(new Topic(message, cache), fresh -> new Throttle(SILENCE, nanoTime))
                .permits();
    }

    private void say(ValueMessage message, EntryKey key, Object... particulars) {
        logger.log(Level.DEBUG, () -> message.id() + " cache " + key.cache() + ", key " + KeyDigest.of(key));
        if (isNews(message, key.cache())) {
            logger.log(level(message), message.with(particulars));
        }
    }

    /** What a new version of an application finds is nothing to worry about. */
    private static Level level(ValueMessage message) {
        return message == ValueMessage.OUTDATED ? Level.INFO : Level.WARNING;
    }
}
