package io.cachedconnection.model;

import org.junit.jupiter.api.Test;

@SuppressWarnings("all") class ModelTest {
    static void run(String title, Setting s) {
        long t = System.nanoTime();
        Explorer e = Explorer.over(s);
        System.out.println(title + ": " + e + " in " + (System.nanoTime() - t) / 1000000 + " ms");
    }
    @Test
    void explore() {
        var W = Writer.Kind.EVICTS; var P = Writer.Kind.PUTS; var A = Writer.Kind.EVICTS_ALL;
        run("1r1w", Setting.of(Reader.inTransaction("R1", 1), new Writer("W1", W), new Passing(1, 1, 1)));
        run("2r1w", Setting.of(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), new Writer("W1", W), new Passing(1, 1, 2)));
        run("2r1w,2", Setting.of(Reader.inTransaction("R1", 2), Reader.plain("R2", 2), new Writer("W1", W), new Passing(1, 1, 2)));
        run("1r1a", Setting.of(Reader.inTransaction("R1", 1), new Writer("A1", A), new Passing(1, 1, 2)));
        run("2r1a", Setting.of(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), new Writer("A1", A), new Passing(1, 1, 2)));
        run("2r2w", Setting.of(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), new Writer("W1", W), new Writer("W2", W), new Passing(1, 1, 1)));
        run("2r1p1w", Setting.of(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), new Writer("W1", P), new Writer("W2", W), new Passing(1, 1, 1)));
        Setting two = Setting.of(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), new Writer("W1", W), new Writer("A1", A), new Passing(0, 1, 1));
        for (Protection p : Protection.values()) run("2r1w1a without " + p, two.with(p));
    }
}
