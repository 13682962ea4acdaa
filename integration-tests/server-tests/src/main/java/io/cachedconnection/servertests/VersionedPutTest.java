package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.ConnectionCaches;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entities that are put in the cache by the method that changes them, although their version changes only later. */
@ExtendWith(ArquillianExtension.class)
class VersionedPutTest {

    private static final String NEW = "the new content";

    @Inject
    private NoteRepository notes;

    @Inject
    private ConnectionCaches caches;

    @Inject
    private InTransaction inTransaction;

    @Deployment
    static WebArchive sample() {
        return SampleWar.with(
                        SampleWar.named("versioned-put", TestRedis.uri()),
                        "cached-connection.cache.notes.entities=DETACHED")
                .addClasses(Note.class, NoteRepository.class, InTransaction.class)
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void lookup_afterAPutInTheMethodsOwnTransaction_hasTheVersionOfTheDatabase() {
        long id = added();

        notes.change(id, NEW);

        assertThatTheLookupIsAsTheDatabase(id);
    }

    @Test
    void lookup_afterAPutInTheCallersTransaction_hasTheVersionOfTheDatabase() throws Exception {
        long id = added();

        inTransaction.required(() -> notes.change(id, NEW));

        assertThatTheLookupIsAsTheDatabase(id);
    }

    @Test
    void lookup_afterTwoPutsInOneTransaction_hasTheVersionOfTheDatabase() throws Exception {
        long id = added();

        inTransaction.beanManaged(() -> {
            notes.change(id, "an interim content");
            notes.change(id, NEW);
        });

        assertThatTheLookupIsAsTheDatabase(id);
    }

    private long added() {
        long id = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        notes.add(id, "the old content");
        return id;
    }

    private void assertThatTheLookupIsAsTheDatabase(long id) {
        Note found = notes.find(id).orElseThrow();
        assertThat(found.getContent()).isEqualTo(NEW);
        assertThat(found.getVersion()).isEqualTo(notes.version(id));
        long hits = hits();
        Note again = notes.find(id).orElseThrow();
        assertThat(hits()).isEqualTo(hits + 1); // such values are cached
        assertThat(again.getContent()).isEqualTo(NEW);
        assertThat(again.getVersion()).isEqualTo(found.getVersion());
    }

    private long hits() {
        return Objects.requireNonNull(caches.statistics().get("notes")).hits();
    }
}
