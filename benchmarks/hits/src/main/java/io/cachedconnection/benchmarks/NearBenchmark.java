package io.cachedconnection.benchmarks;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a near hit costs, and what Weld, Caffeine and JSON-B cost without the library. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NearBenchmark {

    private final Jsonb jsonb = JsonbBuilder.create();
    private final String payload = jsonb.toJson(Value.RECORD.sample());

    @Benchmark
    public Object trivialInterceptor(NearApplication application) {
        return application.repository.constant(Value.ID);
    }

    @Benchmark
    public Object caffeineInterceptor(NearApplication application) {
        return application.repository.kept(Value.ID);
    }

    @Benchmark
    public Object caffeineTwoParts(NearApplication application) {
        return application.repository.keptPage(Value.ID, Value.PAGE);
    }

    @Benchmark
    public Object nearShared(NearApplication application) {
        return application.repository.statement(Value.ID);
    }

    @Benchmark
    public Object nearOptional(NearApplication application) {
        return application.repository.connection(Value.ID);
    }

    @Benchmark
    public Object nearTwoParts(NearApplication application) {
        return application.repository.page(Value.ID, Value.PAGE);
    }

    @Benchmark
    public Object nearDecoded(NearApplication application) {
        return application.repository.account(Value.ID);
    }

    @Benchmark
    public Object jsonbAlone() {
        return jsonb.fromJson(payload, Account.class);
    }
}
