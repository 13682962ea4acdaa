package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.benchmarks.Turns.Cost;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.envelope.Envelopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.Blackhole;

/** What envelopes, encryption, compression and private keys cost, as Markdown. */
final class EnvelopeTables {

    private static final int BATCH = 100;
    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WARM_UP = 8;
    private static final String BARE_WRAP = "bare, wrap";
    private static final String BARE_UNWRAP = "bare, unwrap";
    private static final String NAME = "key in clear";

    private final int rounds;
    private final Blackhole hole;

    EnvelopeTables(int rounds, Blackhole hole) {
        this.rounds = rounds;
        this.hole = hole;
    }

    /** Beside bare bytes. */
    void envelopes(byte[] content) throws Exception {
        System.out.println("""

                | %d bytes | threads | work, ns | beside bare, ns | garbage added, B | bytes in Redis |
                |---|--:|--:|--:|--:|--:|""".formatted(content.length));
        Map<String, Wrapped> all = new LinkedHashMap<>();
        all.put("bare", new Wrapped(FormatSettings.JSON, content));
        all.put("envelope", new Wrapped(Wrapped.CLEAR, content));
        all.put("encrypted", new Wrapped(Wrapped.ENCRYPTED, content));
        Map<String, Supplier<Object>> calls = new LinkedHashMap<>();
        all.forEach((name, wrapped) -> {
            calls.put(name + ", wrap", wrapped::wrap);
            calls.put(name + ", unwrap", wrapped::unwrap);
        });
        calls.put("decrypted with a cipher for each call", new CipherByHand(content)::opened);
        for (int threads : List.of(1, 8)) {
            Rounds measured = measured(calls, threads, BATCH);
            calls.keySet().forEach(call -> {
                String bare = call.endsWith("wrap") && !call.endsWith("unwrap") ? BARE_WRAP : BARE_UNWRAP;
                Wrapped wrapped = all.get(call.split(",", -1)[0]);
                row(call, threads, measured, bare, wrapped == null ? "" : Integer.toString(wrapped.length()));
            });
        }
    }

    void names() throws Exception {
        System.out.println("""

                | call | threads | work, ns | beside clear, ns | garbage added, B | characters |
                |---|--:|--:|--:|--:|--:|""");
        FormatSettings settings = new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, null, Wrapped.KEY);
        String id = Value.ID.toString();
        KeySpace clear = KeySpace.of("accounts", "benchmark");
        KeySpace hidden = KeySpace.of("accounts", "benchmark", Envelopes.names(settings));
        Map<String, Supplier<Object>> calls = new LinkedHashMap<>();
        calls.put(NAME, () -> clear.key(id));
        calls.put("private key", () -> hidden.key(id));
        for (int threads : List.of(1, 8)) {
            Rounds measured = measured(calls, threads, BATCH);
            row(NAME, threads, measured, NAME, length(clear.key(id).text()));
            row("private key", threads, measured, NAME, length(hidden.key(id).text()));
        }
    }

    void compression() throws Exception {
        System.out.println("""

                | JSON, B | in Redis, B | of that | compressed, µs | not, µs | inflated, µs | not, µs |
                |--:|--:|--:|--:|--:|--:|--:|""");
        for (int kilobytes : List.of(2, 20, 200)) {
            byte[] json = json(kilobytes * 1000);
            Wrapped clear = new Wrapped(Wrapped.CLEAR, json);
            Wrapped small = new Wrapped(Wrapped.COMPRESSED, json);
            Map<String, Supplier<Object>> calls = new LinkedHashMap<>();
            calls.put("compressed", small::wrap);
            calls.put("not compressed", clear::wrap);
            calls.put("inflated", small::unwrap);
            calls.put("not inflated", clear::unwrap);
            Rounds measured = measured(calls, 1, 1);
            Stream<String> sizes = Stream.of(
                    Integer.toString(json.length),
                    Integer.toString(small.length()),
                    String.format(Locale.ROOT, "%.0f %%", 100.0 * small.length() / json.length));
            Stream<String> times = calls.keySet().stream()
                    .map(call -> measured.of(call, cost -> cost.work() / 1000).text(1));
            print(Stream.concat(sizes, times).toList());
        }
    }

    private Rounds measured(Map<String, Supplier<Object>> calls, int threads, int batch) throws Exception {
        Map<String, Turns> turns = new LinkedHashMap<>();
        calls.forEach((name, call) ->
                turns.put(name, new Turns(() -> hole.consume(call.get()), threads, batch, LENGTH)));
        return Rounds.of(turns, WARM_UP, rounds);
    }

    private static void row(String call, int threads, Rounds measured, String other, String length) {
        print(List.of(
                call,
                Integer.toString(threads),
                measured.of(call, Cost::work).text(0),
                measured.compared(call, other, Cost::work, (one, bare) -> one - bare)
                        .text(0),
                String.format(
                        Locale.ROOT,
                        "%.0f",
                        measured.compared(call, other, Cost::bytes, (one, bare) -> one - bare)
                                .median()),
                length));
    }

    private static String length(String text) {
        return Integer.toString(text.length());
    }

    private static void print(List<String> cells) {
        System.out.println("| " + String.join(" | ", cells) + " |");
    }

    /** A list of small records that differ as those of a table do: in numbers and words. */
    private static byte[] json(int least) {
        Random random = new Random(42);
        StringBuilder json = new StringBuilder("[");
        while (json.length() < least) {
            int number = random.nextInt(1_000_000);
            json.append(json.length() == 1 ? "" : ",");
            json.append("{\"name\":\"Item ").append(Integer.toString(number, 36));
            json.append("\",\"number\":").append(number);
            json.append(",\"sold\":").append(number % 3 == 0).append('}');
        }
        return json.append(']').toString().getBytes(US_ASCII);
    }
}
