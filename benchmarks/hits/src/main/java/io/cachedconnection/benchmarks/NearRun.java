package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;

/** What a million near entries take, and how often the near cache is right in what it keeps. */
public final class NearRun {

    private static final int MANY = 1_000_000;
    private static final int SAMPLE = 100_000;
    private static final List<Integer> LIMITS = List.of(10_000, MANY);
    private static final int KEYS_FOR_EACH = 10;
    private static final int QUESTIONS_FOR_EACH = 20;

    private final JsonbCodecs codecs = new JsonbCodecs();

    private NearRun() {}

    /** Needs three gigabytes of heap. */
    public static void main(String[] arguments) throws Exception {
        NearRun run = new NearRun();
        System.out.println("| a million entries | value alone, B | entry, B | overhead, B |\n|---|--:|--:|--:|");
        run.memory("shared", "statement", run.codecs.of(Statement.class), NearRepository.STATEMENT);
        run.memory("decoded anew", "account", run.codecs.of(Account.class), Value.RECORD.sample());
        System.out.println("\n| limit | keys | questions | answered near | at best | of that | entries |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|");
        for (int limit : LIMITS) {
            run.hitRate(limit);
        }
        run.codecs.close();
    }

    private void memory(String name, String method, ValueCodec<Object> codec, Object value) throws Exception {
        byte[] payload = codec.encode(value);
        double alone = alone(codec, payload);
        long before = used();
        try (NearNode node = new NearNode(MANY, method, codec, payload)) {
            for (int i = 0; i < MANY; i++) {
                node.read(i);
            }
            double each = (double) (used() - before) / node.entries();
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.0f |%n", name, alone, each, each - alone);
        }
    }

    /** What is kept of a value takes this much in a plain array. */
    private static double alone(ValueCodec<Object> codec, byte[] payload) throws Exception {
        Object[] values = new Object[SAMPLE];
        long before = used();
        try {
            for (int i = 0; i < SAMPLE; i++) {
                values[i] = codec.isShareable() ? codec.decode(payload) : payload.clone();
            }
            return (double) (used() - before) / SAMPLE;
        } finally {
            Reference.reachabilityFence(values);
        }
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void hitRate(int limit) throws Exception {
        Zipf zipf = new Zipf(limit * KEYS_FOR_EACH);
        long questions = (long) limit * QUESTIONS_FOR_EACH;
        byte[] payload = "\"\"".getBytes(UTF_8);
        try (NearNode node = new NearNode(limit, "statement", new Nothing(), payload)) {
            ask(node, zipf, questions); // until it has settled
            long before = node.nearHits();
            ask(node, zipf, questions);
            double near = (double) (node.nearHits() - before) / questions;
            double best = zipf.share(limit);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %d | %.2f %% | %.2f %% | %.1f %% | %d |%n",
                    limit,
                    limit * KEYS_FOR_EACH,
                    questions,
                    100 * near,
                    100 * best,
                    100 * near / best,
                    node.entries());
        }
    }

    private static void ask(NearNode node, Zipf zipf, long questions) throws Exception {
        for (long i = 0; i < questions; i++) {
            node.read(zipf.next());
        }
    }

    /** The codec of a value that takes no memory. */
    private static final class Nothing implements ValueCodec<Object> {

        @Override
        public byte[] encode(Object value) {
            return new byte[0];
        }

        @Override
        public Object decode(byte[] payload) {
            return "";
        }

        @Override
        public boolean isShareable() {
            return true;
        }
    }
}
