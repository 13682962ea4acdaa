package io.cachedconnection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Puts a word into all that {@link LogScan} reads, which has to find it there: it may not be blind. */
class CanaryTest {

    /** Like a seed, but meant to be found. */
    static final String WORD = "Canary87";

    private static final Logger LOG = System.getLogger("io.cachedconnection.canary");
    private static final byte[] BYTES = WORD.getBytes(StandardCharsets.US_ASCII);

    @Test
    void canary_inTheMessageOfTheFinestLine_isLogged() {
        LOG.log(
                Level.TRACE,
                "in each form: " + WORD + " " + HexFormat.of().formatHex(BYTES) + " " + Arrays.toString(BYTES)
                        + " " + Base64.getEncoder().encodeToString(BYTES)
                        + " %43%61%6E%61%72%79%38%37 \\u0043\\u0061\\u006e\\u0061\\u0072\\u0079\\u0038\\u0037");
    }

    @Test
    void canary_inAParameter_isLogged() {
        LOG.log(Level.DEBUG, "not shown", WORD);
    }

    @Test
    void canary_inTheCauseOfAnException_isLogged() {
        LOG.log(Level.DEBUG, "thrown", new IllegalStateException("because", new IllegalStateException(WORD)));
    }

    @Test
    void canary_printed_isReported() {
        System.out.println("On System.out: " + WORD);
        System.err.println("On System.err: " + WORD);
    }
}
