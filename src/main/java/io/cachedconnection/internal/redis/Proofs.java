package io.cachedconnection.internal.redis;

import java.util.HashMap;
import java.util.Map;

/**
 * What is proven by feeds that are heard: all of them together prove what the one does that was asked the longest ago. Tells
 * whoever hears of it; guarded by the lock of {@link Feeds}.
 */
final class Proofs {

    private final Map<Feed, Long> moments = new HashMap<>(); // when those that are heard were asked
    private Runnable anew = () -> {};
    private boolean began;
    private boolean isGap; // since it last began, or before that, something has gone wrong

    /** As {@link Feeds#beforeBeginningAnew}. */
    void beforeBeginningAnew(Runnable task) {
        anew = task;
    }

    void add(Feed feed, long moment) {
        moments.put(feed, moment);
    }

    /** Of how many feeds there are any. */
    int count() {
        return moments.size();
    }

    /** Tells that all that there are to be are heard. There is at least one. */
    void tell(Pushes heard) {
        long moment =
                moments.values().stream().reduce((a, b) -> a - b < 0 ? a : b).orElseThrow();
        if (began) {
            heard.hearing().proven(moment);
        } else {
            begin(heard, moment);
        }
    }

    private void begin(Pushes heard, long moment) {
        if (isGap) {
            anew.run();
        }
        isGap = false;
        began = true;
        heard.hearing().began(heard.prefixes(), moment);
    }

    /** {@code feed} is not heard, or no longer. */
    void ended(Feed feed, Pushes heard) {
        isGap = true;
        if (moments.remove(feed) != null) {
            lost(heard);
        }
    }

    /** Tells that not all is heard any more, if it was. */
    void lost(Pushes heard) {
        boolean wasHeard = began;
        began = false;
        isGap |= wasHeard;
        if (wasHeard) {
            heard.hearing().lost();
        }
    }

    /** {@code feed} is none of them any more. */
    void forget(Feed feed) {
        moments.remove(feed);
    }
}
