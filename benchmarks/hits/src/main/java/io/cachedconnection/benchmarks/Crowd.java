package io.cachedconnection.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Many threads that call the same thing, for one turn.
 *
 * @param threads how many
 * @param length of a turn in nanoseconds
 * @param pause what each of them does before a call, which does not count
 * @param redis the server that they ask
 */
record Crowd(int threads, long length, Runnable pause, RedisWork redis) {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A crowd that does not pause. */
    Crowd(int threads, long length, RedisWork redis) {
        this(threads, length, () -> {}, redis);
    }

    /**
     * One turn.
     *
     * @param perSecond calls of all threads
     * @param p50 microseconds
     * @param p99 microseconds
     * @param clientCpu microseconds of a processor for one call, in this JVM, garbage collection included
     * @param redisCpu the same in Redis
     * @param bytes of memory that a call asked for, on the threads that call
     */
    record Turn(double perSecond, double p50, double p99, double clientCpu, double redisCpu, double bytes) {}

    /** Has {@code call} called by all threads until the turn is over. Its failure is the failure of the turn. */
    Turn turn(Runnable call) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch start = new CountDownLatch(1);
        LongAdder bytes = new LongAdder();
        List<FutureTask<long[]>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            FutureTask<long[]> caller = new FutureTask<>(() -> {
                ready.countDown();
                start.await();
                return times(call, bytes);
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
                redisCpu / calls,
                bytes.doubleValue() / calls);
    }

    /** What each call of one thread took, in nanoseconds. */
    private long[] times(Runnable call, LongAdder bytes) {
        long[] times = new long[1 << 10];
        int calls = 0;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long ownBytes = 0;
        long end = System.nanoTime() + length;
        long now;
        do {
            pause.run();
            long start = System.nanoTime();
            call.run();
            now = System.nanoTime();
            if (calls == times.length) {
                times = Arrays.copyOf(times, 2 * calls);
                ownBytes += 8L * times.length;
            }
            times[calls++] = now - start;
        } while (now - end < 0);
        bytes.add(THREADS.getCurrentThreadAllocatedBytes() - allocated - ownBytes);
        return Arrays.copyOf(times, calls);
    }
}
