package io.cachedconnection.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a hit costs, and what its parts cost where they are written by hand. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HitBenchmark {

    @Benchmark
    public Object bareGet(StoredValue stored) {
        return stored.redis.get(stored.value.key(Value.ID));
    }

    @Benchmark
    public Object getAndDecode(StoredValue stored) {
        String payload = stored.redis.get(stored.value.key(Value.ID));
        return stored.jsonb.fromJson(payload, stored.value.type());
    }

    @Benchmark
    public Object cachedHit(Application application) {
        return application.lookup.apply(Value.ID);
    }

    @Benchmark
    public Object trivialInterceptor(Application application) {
        return application.repository.constant(Value.ID);
    }
}
