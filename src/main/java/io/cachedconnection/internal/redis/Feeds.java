package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Hearing;
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
final class Feeds implements AutoCloseable {

    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private final Background background;
    private final Duration longestDial;
    private final Map<String, Master> masters = new LinkedHashMap<>();
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>(); // changes under the lock; the clock needs none
    private final Map<Feed, Long> asked = new HashMap<>(); // when those that are heard were asked
    private @Nullable Pushes pushes; // null as long as nobody hears, and after the end
    private Runnable silent = () -> {};
    private Runnable anew = () -> {};
    private boolean began;
    private boolean isGap; // since it last began, or before that, something has gone wrong
    private boolean isTicking;
    private boolean isClosed;

    Feeds(Background background, Duration longestDial) {
        this.background = background;
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
    synchronized void hear(Set<String> prefixes, Hearing hearing) {
        stop();
        if (isClosed) {
            return;
        }
        pushes = new Pushes(Set.copyOf(prefixes), hearing);
        masters.values().forEach(this::listen);
        if (!isTicking) {
            isTicking = true;
            background.onTheClock(this::round, ROUND);
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
        if (pushes != null) {
            feeds.put(master.name(), new Feed(master, pushes, this, longestDial));
        }
    }

    private void leave(String name) {
        masters.remove(name);
        @Nullable Feed gone = feeds.remove(name);
        if (gone != null) {
            asked.remove(gone);
            gone.close();
        }
    }

    /** Whoever reads from the server {@code name} now must not keep what it finds, unless its changes are heard. */
    synchronized void reading(String name) {
        if (pushes != null && !masters.containsKey(name)) {
            pushes.hearing().allChanged();
        }
    }

    /** What {@code feed} told before {@code moment} has been heard. */
    synchronized void proven(Feed feed, long moment) {
        if (pushes == null || !feeds.containsValue(feed)) {
            return;
        }
        asked.put(feed, moment);
        if (asked.size() < feeds.size()) {
            return;
        }
        long earliest =
                asked.values().stream().reduce((a, b) -> a - b < 0 ? a : b).orElseThrow();
        if (began) {
            pushes.hearing().proven(earliest);
            return;
        }
        if (isGap) {
            anew.run();
        }
        isGap = false;
        began = true;
        pushes.hearing().began(pushes.prefixes(), earliest);
    }

    /** {@code feed} is not heard, or no longer. */
    synchronized void ended(Feed feed) {
        if (pushes != null && feeds.containsValue(feed)) {
            isGap = true;
            if (asked.remove(feed) != null) {
                lost();
            }
        }
        if (!isClosed) {
            silent.run();
        }
    }

    /** Tells that not all is heard any more, if it was. */
    private void lost() {
        if (pushes != null && began) {
            began = false;
            isGap = true;
            pushes.hearing().lost();
        }
    }

    private void round() {
        feeds.values().forEach(Feed::round);
    }

    /** Another server than before may have answered: what was read from it is worth nothing, and others are to be heard. */
    void beginAnew() {
        changed();
        cut();
    }

    private synchronized void changed() {
        if (pushes != null) {
            pushes.hearing().allChanged();
        }
    }

    /** Has all connections made anew. */
    void cut() {
        feeds.values().forEach(Feed::cut);
    }

    private void stop() {
        lost();
        feeds.values().forEach(Feed::close);
        feeds.values().forEach(asked::remove);
        feeds.clear();
        pushes = null;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        stop();
    }
}
