package io.cachedconnection.internal.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The engine's events as lines of the log. Events of the store are written as they come, for the engine spaces them; events
 * of values once a minute for each cache and kind. Thread-safe.
 */
public final class EngineLog implements EngineEvents, ServerEvents {

    /** How long a line of the store or of values is not repeated. */
    public static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int DIGEST_BYTES = 6;

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

    private void warn(String line) {
        logger.log(Level.WARNING, line);
    }

    @Override
    public void storeLost(String reason) {
        warn(StoreMessage.LOST.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void storeBack() {
        warn(StoreMessage.BACK.with(address));
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
        warn(StoreMessage.UNHEARD.with(address, reason, SILENCE.toSeconds()));
    }

    @Override
    public void changesHeard() {
        warn(StoreMessage.HEARD.with(address));
    }

    @Override
    public void fenceMended(String cache) {
        try {
            if (isNews(StoreMessage.FENCE_MENDED, cache)) {
                warn(StoreMessage.FENCE_MENDED.with(cache, address, SILENCE.toSeconds()));
            }
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return; // of a log: the step that found it has been done
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

    /** What a line is about. */
    private record Topic(Message message, String cache) {}

    private boolean isNews(Message message, String cache) {
        return throttles
                .computeIfAbsent(new Topic(message, cache), fresh -> new Throttle(SILENCE, nanoTime))
                .permits();
    }

    private void say(ValueMessage message, EntryKey key, Object... particulars) {
        logger.log(Level.DEBUG, () -> message.id() + " cache " + key.cache() + ", key " + digest(key));
        if (isNews(message, key.cache())) {
            // What a new version of an application finds is nothing to worry about.
            logger.log(message == ValueMessage.OUTDATED ? Level.INFO : Level.WARNING, message.with(particulars));
        }
    }

    /** Enough to see that two lines are about one key, without the arguments in it: the beginning of its SHA-256. */
    private static String digest(EntryKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key.text().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
