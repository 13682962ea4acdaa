package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Scores.Measured;
import io.cachedconnection.benchmarks.Scores.Score;
import java.util.List;
import java.util.Locale;

/** The scores as Markdown: tables of hits, decoding, misses and writes. */
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

    private static final String MISS_HEADER = """

            | threads | miss by hand, µs | miss, µs | miss / by hand | by hand, B | miss, B |
            |--:|--:|--:|--:|--:|--:|
            """;
    private static final String WRITE_HEADER = """

            | threads | DEL, µs | DEL twice, µs | trivial script twice, µs | write, µs | write / DEL \
            | write / DEL twice | write / trivial script twice |
            |--:|--:|--:|--:|--:|--:|--:|--:|
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
        text.append(MISS_HEADER);
        threadCounts.forEach(threads -> text.append(table.missRow(threads)));
        text.append(WRITE_HEADER);
        threadCounts.forEach(threads -> text.append(table.writeRow(threads)));
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
                ratio(hit, decode),
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

    private String missRow(int threads) {
        Measured byHand = new Measured("missByHand", Value.RECORD, threads);
        Measured miss = new Measured("cachedMiss", Value.RECORD, threads);
        return cells(
                Integer.toString(threads),
                micros(byHand),
                micros(miss),
                ratio(miss, byHand),
                bytes(byHand),
                bytes(miss));
    }

    private String writeRow(int threads) {
        Measured del = new Measured("oneDel", Value.RECORD, threads);
        Measured dels = new Measured("twoDels", Value.RECORD, threads);
        Measured scripts = new Measured("twoScripts", Value.RECORD, threads);
        Measured write = new Measured("cachedWrite", Value.RECORD, threads);
        return cells(
                Integer.toString(threads),
                micros(del),
                micros(dels),
                micros(scripts),
                micros(write),
                ratio(write, del),
                ratio(write, dels),
                ratio(write, scripts));
    }

    private String ratio(Measured one, Measured other) {
        return scores.compared(one, other, Score::micros, (a, b) -> a / b).text(2);
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
