package io.cachedconnection.outages;

import io.cachedconnection.outages.Fault.Nature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;

/** The outage table: has each fault befall a Redis, with one thread and with many, and prints what callers noticed. */
final class Outages {

    private static final int MANY = 64;
    private static final int MORE = 1;

    private final Options options;
    private final Bounds bounds;

    private Outages(Options options) {
        this.options = options;
        this.bounds = new Bounds(options);
    }

    /** Ends with 0 if all bounds held. */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // what is logged is counted, not shown
        boolean held = new Outages(Options.fromProperties()).run();
        System.out.println(held ? "All bounds held." : "NOT ALL BOUNDS HELD");
        System.exit(held ? 0 : 1);
    }

    private boolean run() throws Exception {
        try (Control started = Control.started()) {
            return run(started);
        }
    }

    private boolean run(Control control) throws Exception {
        Files.createDirectories(options.directory());
        Files.writeString(options.directory().resolve("table.md"), Row.HEAD);
        Files.writeString(options.directory().resolve("log.txt"), "");
        List<Fault> faults = faults();
        if (faults.isEmpty()) {
            System.out.println("There is no such fault.");
            return false;
        }
        new Trial(faults.get(0), 1, 2, control).measured(); // a rehearsal: the first time everything takes longer
        System.out.print(Row.HEAD);
        boolean held = true;
        for (Fault fault : faults) {
            held &= holds(fault, control);
        }
        return held;
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(ServerFaults.all());
        faults.addAll(others());
        return faults.stream().filter(options::isAsked).toList();
    }

    private List<Fault> others() {
        TlsFault tls = new TlsFault(options);
        return List.of(
                new Fault(
                        "loading",
                        "SIGKILL, and at once started again with a large append-only file",
                        Nature.TOTAL,
                        () -> LoadingFault.scene(options)),
                new Fault(
                        "tls-wrong-ca",
                        "its certificate replaced by one of an unknown CA, then CLIENT KILL TYPE normal",
                        Nature.TOTAL,
                        tls::scene),
                new Fault(
                        "sentinel-failover",
                        "SIGKILL of the master; 1 replica, 3 Sentinels, down-after 1000 ms",
                        Nature.FAILOVER,
                        () -> SentinelFault.scene(options)),
                new Fault(
                        "cluster-failover",
                        "SIGKILL of 1 of 3 masters with a replica each, node timeout 1500 ms",
                        Nature.FAILOVER,
                        () -> ClusterFault.withReplicas(options)),
                new Fault(
                        "cluster-master-loss",
                        "SIGKILL of 1 of 3 masters without replicas, started again, empty, in the end",
                        Nature.TOTAL,
                        () -> ClusterFault.withoutReplicas(options)));
    }

    private boolean holds(Fault fault, Control control) throws InterruptedException, IOException {
        List<Measured> trials = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (int threads : options.isSmoke() ? new int[] {MANY} : new int[] {1, MANY}) {
            try {
                Measured measured = measured(fault, threads, control);
                trials.add(measured);
                broken.addAll(bounds.broken(fault, measured));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) { // the other rows are still worth having
                e.printStackTrace(System.out);
                broken.add(threads + " thr.: " + e);
            }
        }
        String row = new Row(fault, trials, broken).markdown();
        System.out.println(row);
        Files.writeString(options.directory().resolve("table.md"), row + "\n", StandardOpenOption.APPEND);
        return broken.isEmpty();
    }

    /** Once more where a bound is broken and the machine was busy. */
    private Measured measured(Fault fault, int threads, Control control) throws Exception {
        Measured measured = noted(fault, threads, control);
        for (int again = 0; again < MORE && isInDoubt(fault, measured); again++) {
            measured = noted(fault, threads, control);
        }
        return measured;
    }

    private boolean isInDoubt(Fault fault, Measured measured) {
        return measured.isOnBusyMachine() && !bounds.broken(fault, measured).isEmpty();
    }

    private Measured noted(Fault fault, int threads, Control control) throws Exception {
        Measured measured = new Trial(fault, threads, options.seconds(), control).measured();
        note(fault, measured);
        return measured;
    }

    private void note(Fault fault, Measured measured) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(fault.name() + ": " + measured);
        lines.addAll(measured.warnings().lines());
        Files.write(options.directory().resolve("log.txt"), lines, StandardOpenOption.APPEND);
    }
}
