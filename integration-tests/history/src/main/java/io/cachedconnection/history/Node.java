package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A node: a process with the library's engine, threads that look up and threads that write. It is told on its standard
 * input where to wait for its end, when to begin no transactions, when a crowd comes, and when to stop.
 */
final class Node {

    static final String READY = "READY ";
    static final String STOP = "STOP";
    static final String HOLD = "HOLD";
    static final String HELD = "HELD";
    static final String GO_ON = "GO ON";
    static final String CROWD = "CROWD ";
    static final String LIE = "LIE ";
    static final String VERIFIED = "VERIFIED ";

    private static final int CONNECTIONS = 4;
    private static final int CROWD_SIZE = 150;
    private static final int READERS = 6;
    private static final int WRITERS = 2;
    private static final int LIFE_BITS = 8;
    private static final int WORKER_BITS = 8;
    private static final int WRITE_BITS = 32;

    private final Options options = Options.fromProperties();
    private final Ambush ambush = new Ambush();
    private final Sessions sessions = new Sessions();
    private final Library library;
    private final Gate gate;
    private final String database;
    private final long name; // of this node and this life of it
    private final int number;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> crowd = new ArrayList<>();
    private volatile boolean stopped;

    private Node(String name, String redisPort, String database) {
        this.name = Long.parseLong(name);
        this.database = database;
        this.number = (int) (this.name >>> LIFE_BITS);
        this.library = Library.on(
                options.topology().at(Integer.parseInt(redisPort)), number, CONNECTIONS, sessions.units(), options);
        this.gate = new Gate(options.rest());
    }

    /** The arguments: the node's number, which of its lives this is, the port of Redis, the address of the database. */
    public static void main(String[] arguments) throws Exception {
        long name = (Long.parseLong(arguments[0]) << LIFE_BITS) + Long.parseLong(arguments[1]);
        new Node(String.valueOf(name), arguments[2], arguments[3]).run();
    }

    /** The node, and which of its lives, that recorded {@code file}; what it writes begins with the same. */
    static int nameIn(Path file) {
        String name = file.getFileName().toString();
        return (int) (Long.parseLong(name.substring(0, name.indexOf('.'))) >>> WORKER_BITS);
    }

    /** What a thread works with. */
    record Desk(Options options, Library library, EventFile events, Gate gate, Random random) {}

    private void run() throws Exception {
        for (int worker = 0; worker < READERS + WRITERS; worker++) {
            start(worker);
        }
        System.out.println(READY + System.nanoTime());
        obey();
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        for (Thread caller : crowd) {
            caller.join();
        }
        String differences = library.tally().differences(library.plans().counters(), options.verify() > 0);
        if (!differences.isEmpty()) {
            System.out.println("The counters are wrong: " + differences);
            System.exit(1);
        }
        System.out.println(VERIFIED + library.plans().verified());
        System.exit(0);
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        String order = orders.readLine();
        while (order != null && !order.equals(STOP)) {
            obey(order);
            order = orders.readLine();
        }
    }

    private void obey(String order) {
        if (order.startsWith(CROWD)) {
            long end =
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(order.substring(CROWD.length())));
            for (int i = 0; i < CROWD_SIZE; i++) {
                Thread caller = new Thread(() -> lookUpUntil(end), "crowd");
                caller.setDaemon(true);
                crowd.add(caller);
                caller.start();
            }
            return;
        }
        switch (order) {
            case HOLD -> {
                gate.close();
                System.out.println(HELD);
            }
            case GO_ON -> gate.open();
            default -> ambush.lay(Ambush.Point.valueOf(order));
        }
    }

    /** Looks up what nobody writes, as fast as it can. What it sees is not judged: it is there to be in the way. */
    private void lookUpUntil(long end) {
        while (!stopped && System.nanoTime() - end < 0) {
            Plans.Item item =
                    library.plans().cold(-1 - ThreadLocalRandom.current().nextInt(CROWD_SIZE));
            try {
                library.read(item, () -> {
                    Thread.sleep(5);
                    return List.of(new Row(1, 0));
                });
            } catch (Exception e) {
                System.out.println("A lookup of the crowd threw " + e);
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private void start(int worker) throws IOException, SQLException {
        long full = (name << WORKER_BITS) + worker;
        EventFile events = new EventFile(options.directory().resolve(full + ".events"));
        Desk desk = new Desk(options, library, events, gate, new Random(options.seed() * 31 + full));
        Session session = new Session(database, ambush, sessions.units(), options.maxTransactionAge(number));
        Worker works = worker(worker, desk, session, full << WRITE_BITS);
        Thread thread = new Thread(() -> work(works, session), "worker-" + worker);
        threads.add(thread);
        thread.start();
    }

    private static Worker worker(int number, Desk desk, Session session, long firstWrite) {
        Lookups lookups = new Lookups(
                desk.library(),
                new Rows(session),
                desk.events(),
                desk.options().bounds().fill());
        return number < READERS
                ? new ReadingWorker(desk, session, lookups)
                : new WritingWorker(desk, session, lookups, firstWrite);
    }

    private void work(Worker worker, Session session) {
        sessions.enter(session);
        try {
            while (!stopped) {
                worker.step();
            }
        } catch (Exception e) {
            e.printStackTrace(System.out);
            Runtime.getRuntime().halt(1);
        }
    }
}
