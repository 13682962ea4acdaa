package io.cachedconnection.history;

import io.cachedconnection.history.Options.Without;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The history test: lets nodes work while things break, has what they saw checked, and prints what was found. */
final class History {

    private static final long CALM_SECONDS = 3;

    private final Options options;

    private History(Options options) {
        this.options = options;
    }

    /** Ends with 0 if the run has shown what it had to show. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.fromProperties();
        Report report = new History(options).run();
        report.samples().forEach(System.out::println);
        System.out.println(report.details());
        if (options.near().enabled()) {
            System.out.println(report.nearDetails());
        }
        if (options.verify() > 0) {
            System.out.println(report.verificationDetails());
        }
        boolean good = isGood(options, report);
        if (!good) {
            System.out.println(options.without() == Without.NOTHING ? "NOT CLEAN" : "NOTHING FOUND");
        }
        System.out.println(report.line());
        System.exit(good ? 0 : 1);
    }

    private static boolean isGood(Options options, Report report) {
        if (options.without().isNear()) {
            return report.isNearLaterThan(options.near().maxStaleness());
        }
        if (options.without().isOfVerification()) {
            return report.hasLies();
        }
        if (options.without() != Without.NOTHING) {
            return report.hasViolations();
        }
        // Where evictions may be late, and die with their node, there are lies; but only where lookups saw them, too.
        if (options.verify() > 0 && (!report.isVerified() || (report.hasLies() && !report.hasViolations()))) {
            return false;
        }
        if (options.near().enabled() && !report.hasNearLookups()) {
            return false;
        }
        return options.mode() == OnFailure.FAIL ? report.isClean() : report.isCommittedOnly();
    }

    private Report run() throws Exception {
        prepareDirectory();
        try (Redis redis = Redis.started(options);
                Links links = Links.to(redis.door(), options.near().enabled() ? Options.NODES : 1);
                Database database = Database.started()) {
            Nodes nodes = new Nodes(options, links.ways(redis.door(), Options.NODES), database.url());
            try {
                return checked(worked(new Fault.World(redis, links.all(), nodes)), nodes, database);
            } finally {
                nodes.killAll();
            }
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

    private Faults worked(Fault.World world) throws Exception {
        Nodes nodes = world.nodes();
        nodes.start();
        Faults faults = new Faults(world, options);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds() - CALM_SECONDS);
        atOnce(
                () -> {
                    faults.troubleRedis(until);
                    return true;
                },
                () -> {
                    faults.troubleNodes(until);
                    return true;
                });
        long left = Math.max(0, until - System.nanoTime()); // where there are no faults, all of it
        TimeUnit.NANOSECONDS.sleep(left + TimeUnit.SECONDS.toNanos(CALM_SECONDS)); // what was left behind shows now
        nodes.checkAlive();
        nodes.stop();
        return faults;
    }

    private static void atOnce(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Boolean> future : threads.invokeAll(List.of(one, other))) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Report checked(Faults faults, Nodes nodes, Database database) throws Exception {
        List<Path> files = files();
        Files.write(options.directory().resolve("faults.log"), faults.log());
        System.out.println("Faults: " + faults.counts() + ", nodes killed: " + nodes.killed());
        Report report = new Report(faults.start());
        report.verification(nodes.verified(), nodes.lies());
        Checker checker = new Checker(database.committed(), nodes.deaths(), report, options.bounds());
        files.forEach(file -> EventFile.read(file, checker::write));
        checker.settle();
        files.forEach(file -> EventFile.read(file, event -> checker.lookup(Node.nameIn(file), event)));
        return report;
    }
}
