package io.cachedconnection.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The soak test: one process in which many threads look up and write for long, while Redis is troubled again and again. At
 * the end it may hold no more than after it had warmed up, and nobody may have seen what must not be seen.
 */
final class Soak {

    private static final List<Fault> ALL = Fault.OF_REDIS;
    private static final int THREADS = 64;
    private static final int WRITERS = 12;
    private static final int CONNECTIONS = 16;
    private static final int MOST_CONNECTIONS = CONNECTIONS + 2; // writes have up to two of their own
    private static final int WRITE_BITS = 32;
    private static final long LONG_SECONDS = 180; // who has time has faults every half minute
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Options options = Options.fromProperties();
    private final long seconds = Math.round(60 * Double.parseDouble(System.getProperty("soak.minutes", "10")));
    private final boolean isLong = seconds >= LONG_SECONDS;
    private final Random random = new Random(options.seed());
    private final Gate gate = new Gate(options.rest());
    private final Sessions sessions = new Sessions();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Desk> desks = new ArrayList<>();
    private final Map<Fault, Integer> faults = new TreeMap<>();
    private final long start = System.nanoTime();

    private Soak() {}

    /** Ends with 0 if nothing was found. */
    public static void main(String[] arguments) throws Exception {
        boolean good = new Soak().run();
        System.exit(good ? 0 : 1);
    }

    /** Where a thread works. */
    private record Desk(Session session, Worker worker) {}

    private boolean run() throws Exception {
        prepareDirectory();
        try (Redis redis = Redis.started(options);
                Link link = new Link(redis.door());
                Database database = Database.started()) {
            boolean isFree = soaked(redis, link, database.url());
            Report report = checked(database);
            report.samples().forEach(System.out::println);
            System.out.println("Faults: " + faults);
            System.out.println(report.details());
            System.out.println((isFree && report.isClean() ? "" : "NOT CLEAN ") + report.line());
            return isFree && report.isClean();
        }
    }

    private void prepareDirectory() throws IOException {
        Files.createDirectories(options.directory());
        for (Path old : files()) {
            Files.delete(old);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(options.directory())) {
            return files.sorted().toList();
        }
    }

    private boolean soaked(Redis redis, Link link, String database) throws Exception {
        Holdings before;
        Holdings after;
        try (Library library =
                Library.on(options.topology().at(link.port()), 0, CONNECTIONS, sessions.units(), options)) {
            for (int number = 0; number < THREADS; number++) {
                desks.add(desk(number, library, database));
            }
            work(isLong ? 30 : 8, () -> {});
            before = said("warm", Holdings.now(link));
            work(seconds, () -> trouble(new Fault.World(redis, List.of(link), null)));
            after = said("done", settled(link, before));
        }
        boolean isNoMore = after.isNoMoreThan(before, MOST_CONNECTIONS);
        if (!isNoMore) {
            System.out.println("Threads before: " + before.kindsOfThreads());
            System.out.println("Threads after:  " + after.kindsOfThreads());
        }
        return isNoMore && isClosed(link);
    }

    private Desk desk(int number, Library library, String database) throws IOException, SQLException {
        EventFile events = new EventFile(options.directory().resolve(number + ".events"));
        Node.Desk tools = new Node.Desk(options, library, events, gate, new Random(options.seed() * 31 + number));
        Session session = new Session(database, new Ambush(), sessions.units(), options.maxTransactionAge(0));
        Lookups lookups =
                new Lookups(library, new Rows(session), events, options.bounds().fill());
        Worker worker = number < WRITERS
                ? new WritingWorker(tools, session, lookups, (long) number << WRITE_BITS)
                : new ReadingWorker(tools, session, lookups);
        return new Desk(session, worker);
    }

    /** All threads work for so long, and one thing is done meanwhile. */
    private void work(long howLong, Meanwhile meanwhile) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(howLong);
        List<Future<Boolean>> all = desks.stream()
                .map(desk -> threads.submit(() -> worked(desk, until)))
                .toList();
        meanwhile.run();
        for (Future<Boolean> one : all) {
            one.get();
        }
    }

    private boolean worked(Desk desk, long until) throws Exception {
        sessions.enter(desk.session());
        while (System.nanoTime() - until < 0) {
            desk.worker().step();
        }
        return true;
    }

    /** A fault again and again, and at the end some seconds without. */
    private void trouble(Fault.World world) throws Exception {
        long every = isLong ? 30_000 : 5_000;
        for (long next = every; next + every / 2 < seconds * 1000; next += every) {
            Fault fault = ALL.get(random.nextInt(ALL.size()));
            long begun = System.nanoTime();
            fault.befall(world, new Fault.Extent(200 + random.nextLong(every / 5), random.nextBoolean(), 0));
            faults.merge(fault, 1, Integer::sum);
            Thread.sleep(Math.max(0, every - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
        }
    }

    /** What is held when nothing goes on any more: threads that are not needed take some seconds to end. */
    private static Holdings settled(Link link, Holdings before) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        Holdings after = Holdings.now(link);
        while (!after.isNoMoreThan(before, MOST_CONNECTIONS) && System.nanoTime() - deadline < 0) {
            Thread.sleep(500);
            after = Holdings.now(link);
        }
        return after;
    }

    private static boolean isClosed(Link link) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (link.sockets() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(100);
        }
        System.out.println("Closed: redisConnections=" + link.sockets() / 2);
        return link.sockets() == 0;
    }

    private Holdings said(String when, Holdings holdings) {
        long at = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println(at + " s, " + when + ": " + holdings);
        return holdings;
    }

    private Report checked(Database database) throws Exception {
        Report report = new Report(start);
        Checker checker = new Checker(database.committed(), Map.of(), report, options.bounds());
        List<Path> files = files();
        files.forEach(file -> EventFile.read(file, checker::write));
        checker.settle();
        files.forEach(file -> EventFile.read(file, event -> checker.lookup(0, event)));
        return report;
    }

    /** What goes on while the threads work. */
    @FunctionalInterface
    private interface Meanwhile {
        void run() throws Exception;
    }
}
