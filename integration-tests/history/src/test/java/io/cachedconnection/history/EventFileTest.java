package io.cachedconnection.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.history.Event.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded can be read, also where nobody closed the file. */
class EventFileTest {

    private static final int MORE_THAN_ONE_MAPPING = 40_000;

    @Test
    void read_many_areThereInTheirOrder(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("events");
        List<Event> written = new ArrayList<>();
        try (EventFile file = new EventFile(path)) {
            for (int i = 0; i < MORE_THAN_ONE_MAPPING; i++) {
                Event event = new Event(Kind.LOOKUP, i, i + 1, i + 2, new Row(i + 3, i + 4), i + 5);
                file.add(event);
                written.add(event);
            }
            List<Event> read = new ArrayList<>();
            EventFile.read(path, read::add);
            assertThat(read).isEqualTo(written);
        }
    }
}
