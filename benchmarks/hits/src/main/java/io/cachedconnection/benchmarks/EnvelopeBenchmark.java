package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.engine.store.FormatSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Putting 600 bytes into envelopes and taking them out again, beside bare bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EnvelopeBenchmark {

    private final byte[] content = "x".repeat(600).getBytes(US_ASCII);
    private final Wrapped bare = new Wrapped(FormatSettings.JSON, content);
    private final Wrapped clear = new Wrapped(Wrapped.CLEAR, content);
    private final Wrapped encrypted = new Wrapped(Wrapped.ENCRYPTED, content);

    @Benchmark
    public byte[] bareWrap() {
        return bare.wrap();
    }

    @Benchmark
    public byte[] bareUnwrap() {
        return bare.unwrap();
    }

    @Benchmark
    public byte[] clearWrap() {
        return clear.wrap();
    }

    @Benchmark
    public byte[] clearUnwrap() {
        return clear.unwrap();
    }

    @Benchmark
    public byte[] encryptedWrap() {
        return encrypted.wrap();
    }

    @Benchmark
    public byte[] encryptedUnwrap() {
        return encrypted.unwrap();
    }
}
