package io.cachedconnection.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Calls of something by several threads at once, for a quarter of a second at a time. */
record Turns(Runnable call, int threads) {

    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(250);

    /** How many microseconds a call took in one turn, averaged over the threads. */
    double micros() throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Double>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<Double> caller = new FutureTask<>(() -> microsOfOne(start));
            callers.add(caller);
            new Thread(caller, "caller").start();
        }
        start.countDown();
        double sum = 0;
        for (FutureTask<Double> caller : callers) {
            sum += caller.get();
        }
        return sum / threads;
    }

    private double microsOfOne(CountDownLatch start) throws InterruptedException {
        start.await();
        long from = System.nanoTime();
        long calls = 0;
        long passed;
        do {
            call.run();
            calls++;
            passed = System.nanoTime() - from;
        } while (passed < LENGTH);
        return passed / 1000.0 / calls;
    }
}
