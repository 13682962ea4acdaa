package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.InvalidationListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of all masters, of which each tells of its own keys only: so changes are heard as long as all of them are, and
 * as recently as the one that was asked the longest ago. Thread-safe; whoever hears is told under the lock, so that it hears of
 * beginning and end in their order.
 */
final class InvalidationStreams implements AutoCloseable {

    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private final StoreExecutors executors;
    private final Duration longestDial;
    private final Map<String, Master> masters = new LinkedHashMap<>();
    private final Map<String, InvalidationStream> feeds =
            new ConcurrentHashMap<>(); // changes under the lock; the clock needs none
    private final Map<InvalidationStream, Long> asked = new HashMap<>(); // when those that are heard were asked
    private @Nullable InvalidationHandler invalidationHandler; // null as long as nobody hears, and after the end
    private Runnable silent = () -> {};
    private Runnable anew = () -> {};
    private boolean began;
    private boolean isGap; // since it last began, or before that, something has gone wrong
    private boolean isTicking;
    private boolean isClosed;

    InvalidationStreams(StoreExecutors executors, Duration longestDial) {
        this.executors = executors;
        this.longestDial = longestDial;
    }

    /** Has {@code task}, which is quick, done each time that a master is not heard, or no longer. */
    synchronized void whenSilent(Runnable task) {
        silent = task;
    }

    /**
     * Has {@code task}, which is quick, done before anybody is told of a beginning that is not the first one, or came only
     * after failures.
     */
    synchronized void beforeBeginningAnew(Runnable task) {
        anew = task;
    }

    /** How many rounds of the clock take {@code time}. */
    static int rounds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, time.toNanos() / ROUND));
    }

    /** As {@link io.cachedconnection.internal.core.RemoteStore#hear}. */
    synchronized void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        stop();
        if (isClosed) {
            return;
        }
        invalidationHandler = new InvalidationHandler(Set.copyOf(prefixes), invalidationListener);
        masters.values().forEach(this::listen);
        if (!isTicking) {
            isTicking = true;
            executors.onTheClock(this::round, ROUND);
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
        Set.copyOf(masters.keySet()).stream()
                .filter(name -> !next.containsKey(name))
                .forEach(this::leave);
        next.values().stream()
                .filter(master -> !masters.containsKey(master.name()))
                .forEach(this::add);
    }

    private void add(Master master) {
        masters.put(master.name(), master);
        listen(master);
    }

    private void listen(Master master) {
        if (invalidationHandler != null) {
            feeds.put(master.name(), new InvalidationStream(master, invalidationHandler, this, longestDial));
        }
    }

    private void leave(String name) {
        masters.remove(name);
        @Nullable InvalidationStream gone = feeds.remove(name);
        if (gone != null) {
            asked.remove(gone);
            gone.close();
        }
    }

    /** Whoever reads from the server {@code name} now must not keep what it finds, unless its changes are heard. */
    synchronized void reading(String name) {
        if (invalidationHandler != null && !masters.containsKey(name)) {
            invalidationHandler.hearing().allChanged();
        }
    }

    /** What {@code invalidationStream} told before {@code moment} has been heard. */
    synchronized void proven(InvalidationStream invalidationStream, long moment) {
        if (invalidationHandler == null || !feeds.containsValue(invalidationStream)) {
            return;
        }
        asked.put(invalidationStream, moment);
        if (asked.size() < feeds.size()) {
            return;
        }
        long earliest =
                asked.values().stream().reduce((a, b) -> a - b < 0 ? a : b).orElseThrow();
        if (began) {
            invalidationHandler.hearing().proven(earliest);
            return;
        }
        if (isGap) {
            anew.run();
        }
        isGap = false;
        began = true;
        invalidationHandler.hearing().began(invalidationHandler.prefixes(), earliest);
    }

    /** {@code invalidationStream} is not heard, or no longer. */
    synchronized void ended(InvalidationStream invalidationStream) {
        if (invalidationHandler != null && feeds.containsValue(invalidationStream)) {
            isGap = true;
            if (asked.remove(invalidationStream) != null) {
                lost();
            }
        }
        if (!isClosed) {
            silent.run();
        }
    }

    /** Tells that not all is heard any more, if it was. */
    private void lost() {
        if (invalidationHandler != null && began) {
            began = false;
            isGap = true;
            invalidationHandler.hearing().lost();
        }
    }

    private void round() {
        feeds.values().forEach(InvalidationStream::round);
    }

    /** Another server than before may have answered: what was read from it is worth nothing, and others are to be heard. */
    void beginAnew() {
        changed();
        cut();
    }

    private synchronized void changed() {
        if (invalidationHandler != null) {
            invalidationHandler.hearing().allChanged();
        }
    }

    /** Has all connections made anew. */
    void cut() {
        feeds.values().forEach(InvalidationStream::cut);
    }

    private void stop() {
        lost();
        feeds.values().forEach(InvalidationStream::close);
        feeds.values().forEach(asked::remove);
        feeds.clear();
        invalidationHandler = null;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        stop();
    }
}
