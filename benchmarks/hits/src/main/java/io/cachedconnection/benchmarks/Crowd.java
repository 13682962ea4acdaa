package io.cachedconnection.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;

/**
 * Many threads that call the same thing without a pause, for one turn.
 *
 * @param threads how many
 * @param length of a turn in nanoseconds
 * @param redis the server that they ask
 */
record Crowd(int threads, long length, RedisWork redis) {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * One turn.
     *
     * @param perSecond calls of all threads
     * @param p50 microseconds
     * @param p99 microseconds
     * @param clientCpu microseconds of a processor for one call, in this JVM, garbage collection included
     * @param redisCpu the same in Redis
     */
    record Turn(double perSecond, double p50, double p99, double clientCpu, double redisCpu) {}

    /** Has {@code call} called by all threads until the turn is over. Its failure is the failure of the turn. */
    Turn turn(Runnable call) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<long[]>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<long[]> caller = new FutureTask<>(() -> {
                ready.countDown();
                start.await();
                return times(call);
            });
            callers.add(caller);
            new Thread(caller, "caller").start();
        }
        ready.await();
        RedisWork.Done before = redis.done();
        long cpu = PROCESS.getProcessCpuTime();
        long from = System.nanoTime();
        start.countDown();
        LongStream all = LongStream.empty();
        for (FutureTask<long[]> caller : callers) {
            all = LongStream.concat(all, Arrays.stream(caller.get()));
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        double clientCpu = (PROCESS.getProcessCpuTime() - cpu) / 1e3;
        double redisCpu = redis.done().since(before).cpuMicros();
        long[] sorted = all.sorted().toArray();
        int calls = sorted.length;
        return new Turn(
                calls / seconds,
                sorted[calls / 2] / 1e3,
                sorted[(int) (calls * 0.99)] / 1e3,
                clientCpu / calls,
                redisCpu / calls);
    }

    /** What each call of one thread took, in nanoseconds. */
    private long[] times(Runnable call) {
        long[] times = new long[1 << 10];
        int calls = 0;
        long from = System.nanoTime();
        long last = from;
        while (last - from < length) {
            call.run();
            long now = System.nanoTime();
            if (calls == times.length) {
                times = Arrays.copyOf(times, 2 * calls);
            }
            times[calls++] = now - last;
            last = now;
        }
        return Arrays.copyOf(times, calls);
    }
}
