package io.cachedconnection.benchmarks;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.cdi.PortableExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * One of the JVMs of {@link StampedeRun}. For each key that it reads from its input, all its threads look that up at the same
 * moment; it answers with the number of loads, and how many microseconds each thread waited.
 */
public final class StampedeNode {

    private static final long LOAD_MILLIS = 50;

    private StampedeNode() {}

    /** What is slow. */
    @ApplicationScoped
    public static class Slow {

        private final AtomicInteger loads = new AtomicInteger();

        @CachedConnection(cache = "stampede")
        public Account account(String key) throws InterruptedException {
            loads.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS);
            return (Account) Repository.ROW;
        }

        int newLoads() {
            return loads.getAndSet(0);
        }
    }

    /** The argument is the number of threads. */
    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[0]);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (WeldContainer container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(Slow.class)
                .initialize()) {
            Slow slow = container.select(Slow.class).get();
            slow.newLoads();
            System.out.println("ready");
            for (String key = in.readLine(); key != null; key = in.readLine()) {
                System.out.println(stampede(slow, key, threads, callers));
            }
        }
        threads.shutdown();
    }

    private static String stampede(Slow slow, String key, ExecutorService threads, int callers) throws Exception {
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> waits = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            waits.add(threads.submit(() -> {
                ready.countDown();
                start.await();
                long begun = System.nanoTime();
                slow.account(key);
                return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
            }));
        }
        ready.await();
        start.countDown();
        List<String> words = new ArrayList<>();
        for (Future<Long> wait : waits) {
            words.add(Long.toString(wait.get()));
        }
        return slow.newLoads() + " " + words.stream().collect(Collectors.joining(" "));
    }
}
