package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One life of a node, from outside: a process that can be killed at a chosen point of a write. */
final class NodeProcess {

    private static final long STARTING_SECONDS = 60;
    private static final long STOPPING_SECONDS = 20;
    private static final long STARVING_MILLIS = 40;
    private static final long RUNNING_MILLIS = 4;

    private final Process process;
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final CountDownLatch caught = new CountDownLatch(1);
    private final Semaphore held = new Semaphore(0);

    private final Thread listener = new Thread(this::listen, "listener");
    private final Consumer<String> findings;

    private NodeProcess(Process process, Consumer<String> findings) {
        this.process = process;
        this.findings = findings;
    }

    /** Starts a node, and waits until it works. What it finds itself is told to {@code findings}. */
    static NodeProcess started(Options options, List<String> arguments, Consumer<String> findings) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(options.asProperties());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), Node.class.getName()));
        command.addAll(arguments);
        long before = System.nanoTime();
        NodeProcess node = new NodeProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), findings);
        node.listener.setDaemon(true);
        node.listener.start();
        checkClock(before, node.ready.get(STARTING_SECONDS, TimeUnit.SECONDS), System.nanoTime());
        return node;
    }

    /** The moments of all processes are compared, so their clocks must be one. */
    private static void checkClock(long before, long there, long after) {
        if (there - before < 0 || after - there < 0) {
            throw new IllegalStateException("The processes of this machine do not share System.nanoTime().");
        }
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            ready.completeExceptionally(e); // its end
        }
        ready.completeExceptionally(new IllegalStateException("The node has ended."));
    }

    private void heard(String line) {
        if (line.startsWith(Node.READY)) {
            ready.complete(Long.valueOf(line.substring(Node.READY.length())));
        } else if (line.startsWith(Ambush.REPORT)) {
            caught.countDown();
        } else if (line.equals(Node.HELD)) {
            held.release();
        } else if (line.startsWith(Node.LIE) || line.startsWith(Node.VERIFIED)) {
            findings.accept(line);
        } else {
            System.out.println("node: " + line);
        }
    }

    /** Kills it when a write comes to {@code point}, or after two seconds if none does. True if one did. */
    boolean killAt(Ambush.Point point) throws InterruptedException {
        tell(point.name());
        boolean there = caught.await(2, TimeUnit.SECONDS);
        kill();
        return there;
    }

    /**
     * Stops it for so long, as a long collection of garbage would, but in no transaction: those are assumed to be younger than
     * this takes.
     */
    void pause(long millis) throws InterruptedException {
        tell(Node.HOLD);
        if (!held.tryAcquire(STOPPING_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A node's transactions do not end.");
        }
        stop(millis);
        tell(Node.GO_ON);
    }

    /** Stops it for so long, wherever it is. */
    void stop(long millis) throws InterruptedException {
        Signal.STOP.sendTo(process);
        Thread.sleep(millis);
        Signal.CONT.sendTo(process);
    }

    /** Stops it again and again, and lets it run for a moment in between, for so long in all. */
    void starve(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            stop(STARVING_MILLIS);
            Thread.sleep(RUNNING_MILLIS);
        }
    }

    /** Has it look up with many threads for so long. Returns at once. */
    void crowd(long millis) {
        tell(Node.CROWD + millis);
    }

    /** As {@code kill -9}; when this returns it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it finish what it is doing; false if it does not, or has failed before. */
    boolean stop() throws InterruptedException {
        if (process.isAlive()) {
            tell(Node.STOP);
        }
        if (process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
            listener.join(TimeUnit.SECONDS.toMillis(STOPPING_SECONDS));
            return process.exitValue() == 0;
        }
        kill();
        return false;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void tell(String order) {
        try {
            OutputStream orders = process.getOutputStream();
            orders.write((order + "\n").getBytes(US_ASCII));
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
