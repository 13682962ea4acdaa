package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Scores.Measured;
import io.cachedconnection.benchmarks.Scores.Score;
import java.util.List;
import java.util.Locale;

/** The scores as Markdown: a row for each value and number of threads. */
final class Table {

    private static final String HEADER = """
            | value | threads | bare GET, µs | GET + decode, µs | hit, µs | hit / (GET + decode) \
            | trivial interceptor, µs | GET + decode, B | hit, B | added, B |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;
    private static final String DECODE_HEADER = """

            | value | JSON-B alone, µs | the codec, µs | JSON-B alone, B | the codec, B |
            |---|--:|--:|--:|--:|
            """;

    private final Scores scores;

    private Table(Scores scores) {
        this.scores = scores;
    }

    static String of(Scores scores, List<Integer> threadCounts) {
        Table table = new Table(scores);
        StringBuilder text = new StringBuilder(HEADER);
        for (Value value : Value.values()) {
            threadCounts.forEach(threads -> text.append(table.row(value, threads)));
        }
        text.append(DECODE_HEADER);
        for (Value value : Value.values()) {
            text.append(table.decodeRow(value));
        }
        return text.toString();
    }

    private String row(Value value, int threads) {
        Measured decode = new Measured("getAndDecode", value, threads);
        Measured hit = new Measured("cachedHit", value, threads);
        return cells(
                value.name().toLowerCase(Locale.ROOT),
                Integer.toString(threads),
                micros(new Measured("bareGet", value, threads)),
                micros(decode),
                micros(hit),
                scores.compared(hit, decode, Score::micros, (a, b) -> a / b).text(2),
                micros(new Measured("trivialInterceptor", value, threads)),
                bytes(decode),
                bytes(hit),
                scores.compared(hit, decode, Score::bytes, (a, b) -> a - b).text(0));
    }

    private String decodeRow(Value value) {
        Measured plain = new Measured("plain", value, 1);
        Measured checked = new Measured("checked", value, 1);
        return cells(
                value.name().toLowerCase(Locale.ROOT), micros(plain), micros(checked), bytes(plain), bytes(checked));
    }

    private String micros(Measured measured) {
        return scores.of(measured, Score::micros).text(2);
    }

    private String bytes(Measured measured) {
        return String.format(
                Locale.ROOT, "%.0f", scores.of(measured, Score::bytes).median());
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
