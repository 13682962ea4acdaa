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

/**
 * A node: a process with the library's engine, threads that look up and threads that write. It is told on its standard
 * input where to wait for its end, when to begin no transactions, and when to stop.
 */
final class Node {

    static final String READY = "READY ";
    static final String STOP = "STOP";
    static final String HOLD = "HOLD";
    static final String HELD = "HELD";
    static final String GO_ON = "GO ON";

    private static final int CONNECTIONS = 8;
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
        switch (order) {
            case HOLD -> {
                gate.close();
                System.out.println(HELD);
            }
            case GO_ON -> gate.open();
            default -> ambush.lay(Ambush.Point.valueOf(order));
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
