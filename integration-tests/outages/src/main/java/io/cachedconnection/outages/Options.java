package io.cachedconnection.outages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a run is asked to do.
 *
 * @param only the names of the faults to try; none for all
 * @param seconds how long a fault lasts
 * @param isSmoke whether it is only to be seen that the test works, on a machine that may be busy
 * @param directory where the table and what was logged are written
 */
record Options(Set<String> only, int seconds, boolean isSmoke, Path directory) {

    private static final Set<String> SMOKE = Set.of("hang", "connection-kill");
    private static final int SMOKE_SECONDS = 1;

    /** Those that the system properties tell of. */
    static Options fromProperties() {
        String only = System.getProperty("outages.only", "");
        boolean smoke = Boolean.getBoolean("outages.smoke");
        int seconds = Integer.parseInt(System.getProperty("outages.seconds", "6"));
        return new Options(
                only.isEmpty() ? Set.of() : Set.of(only.split(",")),
                smoke ? SMOKE_SECONDS : seconds,
                smoke,
                Path.of(System.getProperty("outages.directory", "target/outages")));
    }

    /** One for a server to work in, which nobody has used. */
    Path newDirectory(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(directory), name)
                .toAbsolutePath();
    }

    boolean isAsked(Fault fault) {
        return isSmoke ? SMOKE.contains(fault.name()) : only.isEmpty() || only.contains(fault.name());
    }
}
