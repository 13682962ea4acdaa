package io.cachedconnection.internal.redis;

import io.cachedconnection.testing.NotedHearing;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Checks at each proof that all has been heard by now that was written before the moment it proves. */
final class Witness extends NotedHearing {

    private static final long DURATION = TimeUnit.SECONDS.toNanos(3);

    private record Written(String key, long returnedAt) {}

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Queue<Written> written = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checked = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();

    Witness() {
        super(Duration.ofMillis(80));
    }

    /** Writes for a while, and says how often. */
    int write(URI redis, String prefix) {
        long start = System.nanoTime();
        int count = 0;
        try (Jedis jedis = new Jedis(redis, 5000)) {
            for (; System.nanoTime() - start < DURATION; count++) {
                String key = prefix + count;
                jedis.set(key, "x", SetParams.setParams().ex(30));
                written.add(new Written(key, System.nanoTime()));
            }
        }
        return count;
    }

    @Override
    public void changed(String key) {
        known.add(key);
    }

    @Override
    public void proven(long moment) {
        for (Iterator<Written> all = written.iterator(); all.hasNext(); ) {
            Written one = all.next();
            if (one.returnedAt() - moment < 0) {
                checked.incrementAndGet();
                late.addAndGet(known.contains(one.key()) ? 0 : 1);
                all.remove();
            }
        }
        super.proven(moment);
    }

    int checked() {
        return checked.get();
    }

    int late() {
        return late.get();
    }
}
