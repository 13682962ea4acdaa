package io.cachedconnection.se;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.se.Notes.Note;
import io.cachedconnection.servertests.TestRedis;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups and writes of an application without a server. */
class LookupTest {

    private static final Note NOTE = new Note(1, "one");

    private RunningApplication application;
    private Notes notes;

    @BeforeEach
    void start() {
        application = new RunningApplication(TestRedis.uri());
        notes = application.bean(Notes.class);
        notes.change(NOTE);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void lookup_twice_isAnsweredFromRedis() {
        assertThat(notes.find(1L)).contains(NOTE);
        assertThat(notes.find(1L)).contains(NOTE);

        assertThat(notes.loads()).isEqualTo(1);
        assertThat(application.stored("notes:1")).isEqualTo("{\"id\":1,\"text\":\"one\"}");
        CacheStatistics statistics = Objects.requireNonNull(
                application.bean(ConnectionCaches.class).statistics().get("notes"));
        assertThat(statistics.hits()).isOne();
        assertThat(statistics.misses()).isOne();
        assertThat(statistics.loads()).isOne();
        assertThat(statistics.stores()).isOne();
        assertThat(statistics.failures()).isZero();
    }

    @Test
    void lookup_ttl_comesFromTheFileUnlessTheEnvironmentSaysSomethingElse() {
        notes.find(1L);
        notes.title(1);

        assertThat(application.secondsToLive("titles:title:1")).isBetween(1L, 30L);
        assertThat(System.getenv("CACHED_CONNECTION_TTL")).isEqualTo("PT2M");
        assertThat(application.secondsToLive("notes:1")).isBetween(90L, 120L);
    }

    @Test
    void write_evicts_isSeenByTheNextLookup() {
        notes.find(1L);
        notes.title(1);

        notes.save(new Note(1, "other"));

        assertThat(application.stored("notes:1")).isEqualTo("null");
        assertThat(notes.title(1)).contains("other");
        assertThat(notes.find(1L)).contains(new Note(1, "other"));
        assertThat(notes.loads()).isEqualTo(4);
    }

    @Test
    void write_puts_isAnsweredFromRedis() {
        notes.write(2, "two");

        assertThat(notes.find(2L)).contains(new Note(2, "two"));
        assertThat(notes.loads()).isZero();
    }
}
