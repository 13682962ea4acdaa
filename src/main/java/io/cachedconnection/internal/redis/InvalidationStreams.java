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
 * The invalidation streams of all masters, of which each tells of its own keys only: so changes are heard as long as all
 * streams are, and as recently as the one that was asked the longest ago. Thread-safe; the listener is called under the lock, so
 * that it hears of beginning and end in their order.
 */
final class InvalidationStreams implements AutoCloseable {

    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * A server whose changes are to be heard.
     *
     * @param name what its failures are told by; blank where there is no other
     * @param tag what, in braces, makes a key one of its own; another one each time, where there are several
     */
    record Master(String name, Connector.Route route, Supplier<String> tag) {}

    /** Who hears of changes of keys with these prefixes. */
    record Subscription(Set<String> prefixes, InvalidationListener listener) {}

    private final StoreExecutors executors;
    private final Duration longestDial;
    private final Map<String, Master> masters = new LinkedHashMap<>();
    // By master. Changes under the lock; the clock needs none.
    private final Map<String, InvalidationStream> streams = new ConcurrentHashMap<>();
    private final Runnable round;
    private final Map<InvalidationStream, Long> asked = new HashMap<>(); // when those that are heard were asked
    private @Nullable Subscription subscription; // null as long as none listens, and after the end
    private Runnable whenSilent = () -> {};
    private Runnable beforeRestart = () -> {};
    private boolean began;
    private boolean isGap; // since it last began, or before that, something has gone wrong
    private boolean isTicking;
    private boolean isClosed;

    InvalidationStreams(StoreExecutors executors, Duration longestDial) {
        this.executors = executors;
        this.longestDial = longestDial;
        this.round = () -> streams.values().forEach(InvalidationStream::round);
    }

    /** Has {@code task}, which is quick, done each time that a master is not heard, or no longer. */
    synchronized void whenSilent(Runnable task) {
        whenSilent = task;
    }

    /**
     * Has {@code task}, which is quick, done before the listener is told of a beginning that is not the first one, or came
     * only after failures.
     */
    synchronized void beforeRestart(Runnable task) {
        beforeRestart = task;
    }

    /** How many rounds of the clock take {@code time}. */
    static int rounds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toNanos() / ROUND));
    }

    /** As {@link io.cachedconnection.internal.engine.store.RemoteStore#hear}. */
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

    /** From now on these are the masters, all of them. */
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

    /** A caller reads from the server {@code name}: unless changes are heard from there, what was read must not be kept. */
    synchronized void reading(String name) {
        if (subscription != null && !masters.containsKey(name)) {
            subscription.listener().allChanged();
        }
    }

    /** What {@code stream} told before {@code moment} has been heard. */
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

    /** {@code stream} is not heard, or no longer. */
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

    /** Tells that not all is heard any more, if it was. */
    private void lost() {
        if (subscription != null && began) {
            began = false;
            isGap = true;
            subscription.listener().lost();
        }
    }

    /** Another server than before may have answered: what was read from it is worth nothing, and others are to be heard. */
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
