package io.cachedconnection.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in a process of its own, seen from the driver. */
final class Node implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** Starts the process. Its output goes to the log, its answers to {@link #ask}. */
    Node(List<String> command, Path log) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        PrintStream lines = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> {
            try (lines;
                    BufferedReader out = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.println(line);
                    if (line.startsWith(Worker.ANSWER)) {
                        answers.add(line.substring(Worker.ANSWER.length()));
                    }
                }
            } catch (IOException ended) {
                lines.println(ended);
            }
            answers.add("failed=the process ended");
        });
        reader.setDaemon(true);
        reader.start();
    }

    void tell(String command) {
        commands.println(command);
    }

    /** The next answer. A failure, or none within 90 seconds, is an exception that names the reason. */
    Map<String, String> answer() throws InterruptedException {
        String line = answers.poll(90, TimeUnit.SECONDS);
        Map<String, String> figures = new LinkedHashMap<>();
        for (String figure : (line == null ? "failed=no answer within 90 s" : line).split("\t", -1)) {
            String[] parts = figure.split("=", 2);
            figures.put(parts[0], parts[1]);
        }
        if (figures.containsKey("failed")) {
            throw new IllegalStateException(figures.get("failed"));
        }
        return figures;
    }

    Map<String, String> ask(String command) throws InterruptedException {
        tell(command);
        return answer();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
