package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The events of one thread of a node, in a file that is mapped into memory: what is recorded is safe at once, also when the
 * node is killed in the next moment.
 */
final class EventFile implements AutoCloseable {

    private static final int LONGS = 7;
    private static final int EVENTS = 16 * 1024; // in one mapping
    private static final long MAPPING = (long) EVENTS * LONGS * Long.BYTES;

    private final FileChannel channel;
    private LongBuffer mapping;
    private long mapped;
    private int next;

    /** A new file. */
    EventFile(Path path) throws IOException {
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        mapping = nextMapping();
    }

    private LongBuffer nextMapping() throws IOException {
        LongBuffer buffer = channel.map(MapMode.READ_WRITE, mapped, MAPPING).asLongBuffer();
        mapped += MAPPING;
        return buffer;
    }

    void add(Event event) {
        if (next == EVENTS) {
            next = 0;
            mapping = unchecked();
        }
        int at = next++ * LONGS;
        mapping.put(at + 1, event.key());
        mapping.put(at + 2, event.start());
        mapping.put(at + 3, event.end());
        mapping.put(at + 4, event.row().version());
        mapping.put(at + 5, event.row().write());
        mapping.put(at + 6, event.floor());
        VarHandle.releaseFence(); // the kind comes last: without it there is no event
        mapping.put(at, event.kind().code());
    }

    private LongBuffer unchecked() {
        try {
            return nextMapping();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows all events of a file to {@code reader}, in their order. */
    static void read(Path path, Consumer<Event> reader) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long at = 0; at < channel.size(); at += MAPPING) {
                read(channel.map(MapMode.READ_ONLY, at, MAPPING).asLongBuffer(), reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(LongBuffer buffer, Consumer<Event> reader) {
        for (int at = 0; at < EVENTS * LONGS && buffer.get(at) != Kind.NONE.code(); at += LONGS) {
            reader.accept(event(buffer, at));
        }
    }

    private static Event event(LongBuffer buffer, int at) {
        return new Event(
                Kind.of(buffer.get(at)),
                (int) buffer.get(at + 1),
                buffer.get(at + 2),
                buffer.get(at + 3),
                new Row(buffer.get(at + 4), buffer.get(at + 5)),
                buffer.get(at + 6));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
