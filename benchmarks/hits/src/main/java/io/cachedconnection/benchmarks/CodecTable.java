package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Turns.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.infra.Blackhole;

/** What the library's codec costs beside JSON-B alone, for each provider and kind of value, as Markdown. */
final class CodecTable {

    private static final int BATCH = 10;
    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WARM_UP = 12;

    private final int rounds;
    private final Blackhole hole;

    CodecTable(int rounds, Blackhole hole) {
        this.rounds = rounds;
        this.hole = hole;
    }

    void print() throws Exception {
        System.out.println("""
                | value | provider | JSON, B | call | alone, µs | codec, µs | codec / alone | garbage alone, B | codec, B |
                |---|---|--:|---|--:|--:|--:|--:|--:|""");
        for (Sample sample : Sample.values()) {
            for (Provider provider : Provider.values()) {
                print(sample, provider);
            }
        }
    }

    private void print(Sample sample, Provider provider) throws Exception {
        Map<String, Supplier<Object>> calls = provider.calls(sample);
        Map<String, Turns> turns = new LinkedHashMap<>();
        for (String call :
                List.of(CodecCalls.ENCODE_ALONE, CodecCalls.ENCODE, CodecCalls.DECODE_ALONE, CodecCalls.DECODE)) {
            Supplier<Object> made = calls.get(call);
            turns.put(call, new Turns(() -> hole.consume(made.get()), 1, BATCH, LENGTH));
        }
        Rounds measured = Rounds.of(turns, WARM_UP, rounds);
        String head = "| " + sample.name().toLowerCase(Locale.ROOT) + " | "
                + provider.name().toLowerCase(Locale.ROOT) + " | "
                + ((byte[]) calls.get(CodecCalls.ENCODE).get()).length + " | ";
        row(head + "encode", measured, CodecCalls.ENCODE_ALONE, CodecCalls.ENCODE);
        row(head + "decode", measured, CodecCalls.DECODE_ALONE, CodecCalls.DECODE);
    }

    private static void row(String head, Rounds measured, String alone, String codec) {
        List<String> cells = List.of(
                head,
                measured.of(alone, CodecTable::micros).text(1),
                measured.of(codec, CodecTable::micros).text(1),
                measured.compared(codec, alone, Cost::work, (one, other) -> one / other)
                        .text(2),
                bytes(measured, alone),
                bytes(measured, codec));
        System.out.println(String.join(" | ", cells) + " |");
    }

    private static double micros(Cost cost) {
        return cost.work() / 1000;
    }

    private static String bytes(Rounds measured, String call) {
        return String.format(Locale.ROOT, "%.0f", measured.of(call, Cost::bytes).median());
    }
}
