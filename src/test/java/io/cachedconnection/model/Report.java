package io.cachedconnection.model;

import java.util.concurrent.TimeUnit;

/** What the model says of itself in the output of the tests. */
final class Report {

    private Report() {}

    static void line(String text, long startNanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        System.out.println("model: " + text + ", " + millis + " ms");
    }
}
