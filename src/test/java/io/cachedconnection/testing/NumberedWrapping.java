package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wraps nothing alike twice: a number and a colon come before. Finds a fault if it is told to. For one thread. */
public final class NumberedWrapping implements EntryFormat {

    private final List<EntryMetadata> origins = new ArrayList<>();
    private int unwrapped;
    private Fault fault;
    private Duration life = FOR_EVER;

    /** What it was told of all that it has wrapped. */
    public List<EntryMetadata> origins() {
        return origins;
    }

    /** How often it has unwrapped anything. */
    public int unwrapped() {
        return unwrapped;
    }

    /** From now on everything has this fault; null for none. */
    public void find(Fault what) {
        fault = what;
    }

    /** From now on everything may be kept for so long. */
    public void keepFor(Duration most) {
        life = most;
    }

    @Override
    public Duration life(byte[] payload) {
        return life;
    }

    @Override
    public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
        origins.add(metadata);
        return (origins.size() + ":" + new String(content, UTF_8)).getBytes(UTF_8);
    }

    @Override
    public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        unwrapped++;
        if (fault != null) {
            throw new UnreadableValueException(fault, "on demand");
        }
        String text = new String(payload, UTF_8);
        return text.substring(text.indexOf(':') + 1).getBytes(UTF_8);
    }
}
