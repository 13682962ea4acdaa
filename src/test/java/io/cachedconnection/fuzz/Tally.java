package io.cachedconnection.fuzz;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Map;
import java.util.TreeMap;

/** What has become of the inputs. For one thread. */
final class Tally {

    private long inputs;
    private long accepted;
    private final Map<String, Long> kinds = new TreeMap<>();

    /** Counts one more input; {@code cause} is null if it was taken. */
    void count(UnreadableValueException cause) {
        inputs++;
        if (cause == null) {
            accepted++;
        } else {
            kinds.merge(cause.fault() + " (" + cause.kind() + ")", 1L, Long::sum);
        }
    }

    long inputs() {
        return inputs;
    }

    long accepted() {
        return accepted;
    }

    Map<String, Long> kinds() {
        return kinds;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(inputs + " inputs, " + accepted + " taken");
        kinds.forEach((kind, count) -> text.append(System.lineSeparator())
                .append("  ")
                .append(count)
                .append(' ')
                .append(kind));
        return text.toString();
    }
}
