package io.cachedconnection.testing;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;

/** Logs what the library says elsewhere than in the log, because the log of the tests is scanned for {@link Seeds}. */
public final class ScannedLog {

    private static final Logger LOG = System.getLogger("io.cachedconnection.testing.scanned");

    private ScannedLog() {}

    /** Its {@code toString}. */
    public static <T> T text(T thing) {
        LOG.log(Level.DEBUG, String.valueOf(thing));
        return thing;
    }

    public static <T, C extends Collection<T>> C texts(C things) {
        things.forEach(ScannedLog::text);
        return things;
    }

    /** Its message and its stack trace, and those of its causes. */
    public static <E extends Throwable> E thrown(E failure) {
        LOG.log(Level.DEBUG, "Thrown.", failure);
        return failure;
    }
}
