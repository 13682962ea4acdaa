package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to write and read values: codecs, envelopes, encryption, compression, private keys, and whole hits with
 * them. All that is compared is called in one JVM, turn by turn. Prints the tables of {@code README.md}.
 */
public final class ValuesInTurns {

    private static final int ROUNDS = 9;
    private static final int BYTES = 600;

    private ValuesInTurns() {}

    /** The argument is the number of turns of each call; without one there are nine. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        Blackhole hole = new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
        new CodecTable(rounds, hole).print();
        EnvelopeTables envelopes = new EnvelopeTables(rounds, hole);
        envelopes.envelopes("x".repeat(BYTES).getBytes(US_ASCII));
        envelopes.compression();
        envelopes.names();
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            new WireTable(rounds).print();
        }
    }
}
