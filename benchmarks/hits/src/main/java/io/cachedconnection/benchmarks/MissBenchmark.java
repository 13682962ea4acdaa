package io.cachedconnection.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import redis.clients.jedis.params.SetParams;

/** What a miss costs but for the load itself, which gives a constant: three round trips, by hand two. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MissBenchmark {

    @Benchmark
    public Object missByHand(StoredValue stored, Keys keys) {
        String key = "benchmark:by-hand:" + keys.fresh();
        if (stored.redis.get(key) != null) {
            throw new IllegalStateException("The key is there, so this is no miss.");
        }
        Object loaded = Repository.ROW;
        stored.redis.set(key, stored.jsonb.toJson(loaded), SetParams.setParams().px(Repository.LIFE_MILLIS));
        return loaded;
    }

    @Benchmark
    public Object cachedMiss(Misses misses) {
        return misses.next();
    }
}
