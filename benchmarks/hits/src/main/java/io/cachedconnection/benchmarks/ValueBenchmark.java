package io.cachedconnection.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing and reading values by the library's codec and by JSON-B alone, with each provider. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValueBenchmark {

    @Param
    public Sample sample;

    @Param
    public Provider provider;

    private Supplier<Object> encodeAlone;
    private Supplier<Object> encode;
    private Supplier<Object> decodeAlone;
    private Supplier<Object> decode;

    @Setup(Level.Trial)
    public void prepare() {
        Map<String, Supplier<Object>> calls = provider.calls(sample);
        encodeAlone = calls.get(CodecCalls.ENCODE_ALONE);
        encode = calls.get(CodecCalls.ENCODE);
        decodeAlone = calls.get(CodecCalls.DECODE_ALONE);
        decode = calls.get(CodecCalls.DECODE);
    }

    @Benchmark
    public Object encodeAlone() {
        return encodeAlone.get();
    }

    @Benchmark
    public Object encode() {
        return encode.get();
    }

    @Benchmark
    public Object decodeAlone() {
        return decodeAlone.get();
    }

    @Benchmark
    public Object decode() {
        return decode.get();
    }
}
