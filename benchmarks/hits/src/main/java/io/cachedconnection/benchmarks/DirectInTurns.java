package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.benchmarks.Turns.Cost;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the direct codec costs beside JSON-B alone and beside the library's codec by JSON-B, turn by turn in one JVM with Yasson: a
 * record of 14 components, a list of 1,000 small records, a provider connection, and 1 MB of records. Prints a table as Markdown.
 */
public final class DirectInTurns {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 12;
    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(100);

    private DirectInTurns() {}

    /** A thousand of what the other tables have a hundred of. */
    private static List<Item> items() {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> new Item(i, "Item number " + i, BigDecimal.valueOf(1000L + i, 2), i % 2 == 0))
                .toList();
    }

    /** So many accounts that they take 1 MB. */
    private static List<Account> accounts() {
        return Collections.nCopies(1_780, (Account) Sample.RECORD.value()).stream()
                .toList();
    }

    /** The argument is the number of turns of each call; without one there are nine. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        Blackhole hole = new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
        System.out.println("""
                | value | JSON, B | call | JSON-B alone, µs | codec by JSON-B, µs | direct, µs | direct / alone | garbage alone, B | by JSON-B, B | direct, B |
                |---|--:|---|--:|--:|--:|--:|--:|--:|--:|""");
        print("record", Sample.RECORD, Sample.RECORD.type(), Sample.RECORD.value(), 10, rounds, hole);
        print("connection", Sample.CONNECTION, Sample.CONNECTION.type(), Sample.CONNECTION.value(), 10, rounds, hole);
        print("1,000 records", Sample.LIST, Sample.LIST.type(), items(), 1, rounds, hole);
        print(
                "1 MB of records",
                Sample.LIST,
                DirectInTurns.class.getDeclaredMethod("accounts").getGenericReturnType(),
                accounts(),
                1,
                rounds,
                hole);
    }

    private static void print(
            String name, Sample sample, Type type, Object value, int batch, int rounds, Blackhole hole)
            throws Exception {
        Jsonb jsonb = sample.jsonb();
        try (JsonbCodecs codecs = new JsonbCodecs()) {
            ValueCodec<Object> direct = codecs.of(type);
            ValueCodec<Object> byJsonb = codecs.byJsonb(type);
            byte[] payload = direct.encode(value);
            Map<String, Supplier<Object>> calls = new LinkedHashMap<>();
            calls.put("encode, alone", () -> jsonb.toJson(value, type).getBytes(UTF_8));
            calls.put("encode, by JSON-B", () -> called(() -> byJsonb.encode(value)));
            calls.put("encode, direct", () -> called(() -> direct.encode(value)));
            calls.put("decode, alone", () -> jsonb.fromJson(new String(payload, UTF_8), type));
            calls.put("decode, by JSON-B", () -> called(() -> byJsonb.decode(payload)));
            calls.put("decode, direct", () -> called(() -> direct.decode(payload)));
            Map<String, Turns> turns = new LinkedHashMap<>();
            calls.forEach((call, made) -> turns.put(call, new Turns(() -> hole.consume(made.get()), 1, batch, LENGTH)));
            Rounds measured = Rounds.of(turns, WARM_UP, rounds);
            for (String call : List.of("encode", "decode")) {
                List<String> sides = List.of(call + ", alone", call + ", by JSON-B", call + ", direct");
                StringBuilder row = new StringBuilder("| " + name + " | " + payload.length + " | " + call);
                sides.forEach(side -> row.append(" | ")
                        .append(measured.of(side, cost -> cost.work() / 1000).text(2)));
                row.append(" | ")
                        .append(measured.compared(sides.get(2), sides.get(0), Cost::work, (one, other) -> one / other)
                                .text(2));
                sides.forEach(side -> row.append(" | ")
                        .append(String.format(
                                Locale.ROOT,
                                "%.0f",
                                measured.of(side, Cost::bytes).median())));
                System.out.println(row + " |");
            }
        }
    }

    /** A call of a codec. */
    private interface Call {
        Object call() throws UnreadableValueException;
    }

    private static Object called(Call call) {
        try {
            return call.call();
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }
}
