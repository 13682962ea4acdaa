package io.cachedconnection.history;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What this process holds, without what belongs to the test.
 *
 * @param heap bytes, after the garbage is collected
 * @param connections those to Redis
 * @param files open files and sockets, but those to Redis
 * @param threads their names
 */
record Holdings(long heap, int connections, long files, List<String> threads) {

    private static final int SOCKETS_OF_A_CONNECTION = 3; // the library's, and two of the link
    private static final long HEAP_TOLERANCE = 6 << 20;
    private static final List<String> OF_THE_TEST = List.of(Link.NAME, "process reaper");

    static Holdings now(Link link) {
        int connections = link.sockets() / 2;
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
        return new Holdings(usedHeap(), connections, files - (long) SOCKETS_OF_A_CONNECTION * connections, names());
    }

    @SuppressWarnings("SystemGc") // what is garbage is not held
    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OF_THE_TEST.stream().noneMatch(name::startsWith))
                .sorted()
                .toList();
    }

    /** Whether that is no more than {@code before}; of connections there may be {@code most}. */
    boolean isNoMoreThan(Holdings before, int most) {
        boolean inMemory = heap <= before.heap + HEAP_TOLERANCE;
        return inMemory && connections <= most && files <= before.files && threads.size() <= before.threads.size();
    }

    @Override
    public String toString() {
        return "heapKB=%d redisConnections=%d files=%d threads=%d"
                .formatted(heap >> 10, connections, files, threads.size());
    }

    /** Which threads there are and how many of each, the numbers in their names left out. */
    String kindsOfThreads() {
        return threads.stream()
                .collect(Collectors.groupingBy(name -> name.replaceAll("[0-9]+", "#"), Collectors.counting()))
                .toString();
    }
}
