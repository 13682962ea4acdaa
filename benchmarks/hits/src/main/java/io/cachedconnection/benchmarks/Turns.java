package io.cachedconnection.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Calls of something by several threads at once, for a quarter of a second at a time unless said otherwise.
 *
 * @param call what is called
 * @param threads by how many
 * @param batch after how many calls each of them looks at the clock: one, unless a call takes less than a microsecond
 * @param length of a turn in nanoseconds
 */
record Turns(Runnable call, int threads, int batch, long length) {

    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(250);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    Turns(Runnable call, int threads) {
        this(call, threads, 1);
    }

    Turns(Runnable call, int threads, int batch) {
        this(call, threads, batch, LENGTH);
    }

    /** What a call costs: how long it takes, how long a processor works on it, and the memory that it asks for. */
    record Cost(double nanos, double work, double bytes) {}

    /** What a call took in one turn, averaged over the threads. */
    Cost cost() throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<Cost>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<Cost> caller = new FutureTask<>(() -> costOfOne(start));
            callers.add(caller);
            new Thread(caller, "caller").start();
        }
        start.countDown();
        double nanos = 0;
        double work = 0;
        double bytes = 0;
        for (FutureTask<Cost> caller : callers) {
            nanos += caller.get().nanos();
            work += caller.get().work();
            bytes += caller.get().bytes();
        }
        return new Cost(nanos / threads, work / threads, bytes / threads);
    }

    private Cost costOfOne(CountDownLatch start) throws InterruptedException {
        start.await();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long worked = THREADS.getCurrentThreadCpuTime();
        long from = System.nanoTime();
        long calls = 0;
        long passed;
        do {
            for (int i = 0; i < batch; i++) {
                call.run();
            }
            calls += batch;
            passed = System.nanoTime() - from;
        } while (passed < length);
        double work = THREADS.getCurrentThreadCpuTime() - worked;
        double bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        return new Cost((double) passed / calls, work / calls, bytes / calls);
    }
}
