package io.cachedconnection.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All figures of {@code README.md} about lookups and writes, each table by a JVM of its own. Prints Markdown. */
public final class Figures {

    private static final OperatingSystemMXBean MACHINE = ManagementFactory.getOperatingSystemMXBean();
    private static final String LOG = "figures.log";
    private static final int ALTERNATIONS = 3;

    private final boolean isShort;

    private Figures(boolean isShort) {
        this.isShort = isShort;
    }

    /**
     * The arguments, which may be missing: {@code short} for some minutes only, and the jar of another build of the library,
     * which is then measured beside this one.
     */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = new ArrayList<>(List.of(arguments));
        Figures figures = new Figures(rest.remove("short"));
        System.out.printf(
                "%s, JDK %s, %d processors, load %.1f%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                MACHINE.getAvailableProcessors(),
                MACHINE.getSystemLoadAverage());
        figures.print("Hits", "", CrowdInTurns.class, figures.isShort ? "3" : "16");
        figures.print("A distant Redis", "", DistantRedis.class, figures.isShort ? "2" : "10");
        figures.print("Misses and writes", "", InTurns.class, figures.isShort ? "4" : "16");
        figures.print("Nothing to do", "", Idle.class, figures.isShort ? "15" : "60");
        for (String other : rest) {
            for (int i = 1; i <= ALTERNATIONS; i++) {
                String turns = figures.isShort ? "2" : "8";
                figures.print("64 threads, run " + i, "", CrowdInTurns.class, turns, "64");
                figures.print("64 threads, other build, run " + i, other, CrowdInTurns.class, turns, "64");
            }
            figures.print("A distant Redis, other build", other, DistantRedis.class, figures.isShort ? "2" : "10");
            figures.print("Nothing to do, other build", other, Idle.class, figures.isShort ? "15" : "60");
        }
    }

    /** The tables of {@code program}, with the library of {@code jar} unless that is empty. */
    private void print(String title, String jar, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%n### %s%n%n", title);
        String classPath = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                jar.isEmpty() ? classPath : jar + File.pathSeparator + classPath, // the first one has the classes
                program.getName()));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.appendTo(new File(LOG)))
                .start()
                .waitFor();
        System.out.printf(
                Locale.ROOT,
                "%nload %.1f%s%n",
                MACHINE.getSystemLoadAverage(),
                status == 0 ? "" : "; FAILED, see " + LOG);
    }
}
