package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the library's codec costs beside JSON-B alone: it refuses what has not the shape of the type. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {

    private final JsonbCodecs codecs = new JsonbCodecs();
    private ValueCodec<Object> codec;
    private byte[] payload;

    @Setup(Level.Trial)
    public void prepare(StoredValue stored) {
        codec = codecs.of(stored.value.type());
        payload = stored.payload.getBytes(UTF_8);
    }

    @Benchmark
    public Object checked() throws UnreadableValueException {
        return codec.decode(payload);
    }

    @Benchmark
    public Object plain(StoredValue stored) {
        return stored.jsonb.fromJson(new String(payload, UTF_8), stored.value.type());
    }

    @TearDown(Level.Trial)
    public void close() {
        codecs.close();
    }
}
