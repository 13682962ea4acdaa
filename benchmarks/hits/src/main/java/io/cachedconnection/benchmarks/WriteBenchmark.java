package io.cachedconnection.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a write that evicts costs but for the work itself, which is none: two round trips, by hand one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WriteBenchmark {

    private static String key(Keys keys) {
        return "benchmark:by-hand:" + keys.oneOfMany();
    }

    @Benchmark
    public void cachedWrite(Writes writes) {
        writes.next();
    }

    @Benchmark
    public long oneDel(StoredValue stored, Keys keys) {
        return stored.redis.del(key(keys));
    }

    @Benchmark
    public long twoDels(StoredValue stored, Keys keys) {
        String key = key(keys);
        return stored.redis.del(key) + stored.redis.del(key);
    }

    /** The least that two scripts can cost. */
    @Benchmark
    public Object twoScripts(TrivialScript script, Keys keys) {
        String key = key(keys);
        script.run(key);
        return script.run(key);
    }
}
