package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The invalidation streams of all masters. Each covers only the keys of its master: the whole is up while all streams are, and
 * as fresh as the least recently probed one. Thread-safe. The listener is called under the lock, so that it sees beginnings and
 * ends in their order.
 */
final class InvalidationStreams implements AutoCloseable {

    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * A server whose changes must be heard.
     *
     * @param name its name in failures; blank if it is the only server
     * @param tag supplies a text that, in braces, makes a key of this server; a different one each time if possible
     */
    record Master(String name, Connector.Route route, Supplier<String> tag) {}

    /** The listener for changes of keys with these prefixes. */
    record Subscription(Set<String> prefixes, InvalidationListener listener) {}

    private final StoreExecutors executors;
    private final Duration longestDial;
    private final Map<String, Master> masters = new LinkedHashMap<>();
    // By master. Written under the lock; the clock reads it without.
    private final Map<String, InvalidationStream> streams = new ConcurrentHashMap<>();
    private final Runnable round;
    private final Map<InvalidationStream, Long> asked = new HashMap<>(); // when the live streams were last probed
    private @Nullable Subscription subscription; // null before the subscription and after the end
    private Runnable whenSilent = () -> {};
    private Runnable beforeRestart = () -> {};
    private boolean began;
    private boolean isGap; // whether there was a failure since or before the last beginning
    private boolean isTicking;
    private boolean isClosed;

    InvalidationStreams(StoreExecutors executors, Duration longestDial) {
        this.executors = executors;
        this.longestDial = longestDial;
        this.round = () -> streams.values().forEach(InvalidationStream::round);
    }

    /** Runs the fast {@code task} each time that a stream is down. */
    synchronized void whenSilent(Runnable task) {
        whenSilent = task;
    }

    /**
     * Runs the fast {@code task} before the listener is told of a beginning that is not the first or that came after failures.
     */
    synchronized void beforeRestart(Runnable task) {
        beforeRestart = task;
    }

    /** Returns how many rounds of the clock take {@code time}. */
    static int rounds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toNanos() / ROUND));
    }

    /** Subscribes as described for {@link io.cachedconnection.internal.engine.store.RemoteStore#hear}. */
    synchronized void hear(Set<String> prefixes, InvalidationListener listener) {
        stop();
        if (isClosed) {
            return;
        }
        subscription = new Subscription(Set.copyOf(prefixes), listener);
        masters.values().forEach(this::listen);
        if (!isTicking) {
            isTicking = true;
            executors.onTheClock(round, ROUND);
        }
    }

    /** Replaces the set of masters. */
    synchronized void follow(Collection<Master> all) {
        Map<String, Master> next =
                all.stream().collect(Collectors.toMap(Master::name, master -> master, (a, b) -> a, LinkedHashMap::new));
        if (isClosed || masters.keySet().equals(next.keySet())) {
            return;
        }
        lost();
        for (String name : Set.copyOf(masters.keySet())) {
            if (!next.containsKey(name)) {
                masters.remove(name);
                @Nullable InvalidationStream gone = streams.remove(name);
                if (gone != null) {
                    asked.remove(gone);
                    gone.close();
                }
            }
        }
        for (Master master : next.values()) {
            if (masters.putIfAbsent(master.name(), master) == null) {
                listen(master);
            }
        }
    }

    private void listen(Master master) {
        if (subscription != null) {
            streams.put(master.name(), new InvalidationStream(master, subscription, this, longestDial));
        }
    }

    /** Records that a caller reads from the server {@code name}: without a stream from there, the value must not be kept. */
    synchronized void reading(String name) {
        if (subscription != null && !masters.containsKey(name)) {
            subscription.listener().allChanged();
        }
    }

    /** Records that all changes of {@code stream} before {@code moment} have been heard. */
    synchronized void proven(InvalidationStream stream, long moment) {
        if (subscription == null || !streams.containsValue(stream)) {
            return;
        }
        asked.put(stream, moment);
        if (asked.size() < streams.size()) {
            return;
        }
        long earliest =
                asked.values().stream().reduce((a, b) -> a - b < 0 ? a : b).orElseThrow();
        if (began) {
            subscription.listener().proven(earliest);
            return;
        }
        if (isGap) {
            beforeRestart.run();
        }
        isGap = false;
        began = true;
        subscription.listener().began(subscription.prefixes(), earliest);
    }

    /** Records that {@code stream} is down. */
    synchronized void ended(InvalidationStream stream) {
        if (subscription != null && streams.containsValue(stream)) {
            isGap = true;
            if (asked.remove(stream) != null) {
                lost();
            }
        }
        if (!isClosed) {
            whenSilent.run();
        }
    }

    /** Reports that the whole is down, if it was up. */
    private void lost() {
        if (subscription != null && began) {
            began = false;
            isGap = true;
            subscription.listener().lost();
        }
    }

    /** Restarts all streams, because another server may have answered, whose values are invalid. */
    void restart() {
        changed();
        cut();
    }

    private synchronized void changed() {
        if (subscription != null) {
            subscription.listener().allChanged();
        }
    }

    /** Replaces all connections. */
    void cut() {
        streams.values().forEach(InvalidationStream::cut);
    }

    private void stop() {
        lost();
        streams.values().forEach(InvalidationStream::close);
        streams.values().forEach(asked::remove);
        streams.clear();
        subscription = null;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        stop();
    }
}
