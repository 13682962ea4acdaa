package io.cachedconnection.fuzz;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.json.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls with each of its inputs: their first byte chooses provider and target, the second whether the rest is
 * an entry as it stands in Redis or JSON that is still to be wrapped. Jazzer runs it in a JVM of its own.
 */
public final class JazzerTarget {

    private static final List<Target> TARGETS = targets();
    private static final Tally TALLY = new Tally();

    private JazzerTarget() {}

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        List<Wire> wires = List.of(Wire.values());
        try {
            for (Provider provider : Provider.values()) {
                JsonbCodecs codecs = provider.codecs(); // they end with the JVM
                for (Sample sample : Sample.all()) {
                    targets.add(new Target(codecs, sample, wires.get(targets.size() % wires.size())));
                }
            }
        } catch (UnreadableValueException e) {
            throw new AssertionError(e);
        }
        return targets;
    }

    /** Jazzer asks for this name. */
    public static void fuzzerInitialize() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("Jazzer: " + TALLY)));
    }

    /** Jazzer asks for this name, too. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length < 2) {
            TALLY.count(null);
            return;
        }
        Target target = TARGETS.get((input[0] & 0xFF) % TARGETS.size());
        byte[] rest = Arrays.copyOfRange(input, 2, input.length);
        boolean genuine = (input[1] & 1) == 1;
        TALLY.count(genuine ? target.meetGenuine(target.wrapped(rest)) : target.meet(rest));
    }

    /** Puts what it is to start with into {@code directory}: the samples, as they are and in Redis. */
    static void writeCorpus(Path directory) throws IOException {
        for (int i = 0; i < TARGETS.size(); i++) {
            if (!TARGETS.get(i).wire().isEncrypted()) { // to the JVM of Jazzer, those of this one would be genuine
                Files.write(
                        directory.resolve("entry-" + i),
                        input(i, 0, TARGETS.get(i).payload()));
            }
            Files.write(
                    directory.resolve("json-" + i), input(i, 1, TARGETS.get(i).content()));
        }
    }

    private static byte[] input(int target, int way, byte[] rest) {
        byte[] input = new byte[2 + rest.length];
        input[0] = (byte) target;
        input[1] = (byte) way;
        System.arraycopy(rest, 0, input, 2, rest.length);
        return input;
    }
}
