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

/** Lookups of entities in a cache with {@code entities=DETACHED}: what a caller does with them is the same cold and warm. */
@ExtendWith(ArquillianExtension.class)
class EntitiesTest {

    private static final String OLD = "the old content";
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
                        SampleWar.named("entities", TestRedis.uri()), "cached-connection.cache.notes.entities=DETACHED")
                .addClasses(Note.class, NoteRepository.class, InTransaction.class)
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void lookup_outsideATransaction_isTheSameColdAndWarm() {
        long id = added();

        Note cold = find(id);
        long hits = hits();
        Note warm = find(id);

        assertThat(hits()).isEqualTo(hits + 1);
        assertThat(cold.getClass()).isSameAs(warm.getClass()).isSameAs(Note.class);
        assertThat(cold.getTags().getClass()).isSameAs(warm.getTags().getClass());
        assertThat(cold.getTags()).isEqualTo(warm.getTags()).hasSize(1);
        assertThat(cold.getVersion()).isEqualTo(warm.getVersion());
        assertThat(cold.getContent()).isEqualTo(warm.getContent()).isEqualTo(OLD);
    }

    @Test
    void change_ofAColdLookupInATransaction_isSaved() throws Exception {
        long id = added();

        inTransaction.required(() -> find(id).setContent(NEW));

        assertThat(notes.content(id)).isEqualTo(NEW);
    }

    @Test
    void change_ofAWarmLookupInATransaction_isSaved() throws Exception {
        long id = added();
        find(id);

        inTransaction.beanManaged(() -> find(id).setContent(NEW));

        assertThat(notes.content(id)).isEqualTo(NEW);
    }

    @Test
    void change_ofWhatWasLookedUpBeforeTheTransaction_isSavedNeitherColdNorWarm() throws Exception {
        long id = added();
        Note cold = find(id);
        Note warm = find(id);

        inTransaction.required(() -> {
            cold.setContent(NEW);
            warm.setContent(NEW);
        });

        assertThat(notes.content(id)).isEqualTo(OLD);
    }

    @Test
    void merge_ofAHit_savesItWhole() {
        long id = added();
        find(id);
        Note warm = find(id);
        warm.setContent(NEW);

        notes.merge(warm);

        assertThat(notes.content(id)).isEqualTo(NEW);
        assertThat(notes.tags(id)).isEqualTo(1);
        assertThat(find(id).getContent()).isEqualTo(NEW);
    }

    private long added() {
        long id = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        notes.add(id, OLD);
        return id;
    }

    private Note find(long id) {
        return notes.find(id).orElseThrow();
    }

    private long hits() {
        return Objects.requireNonNull(caches.statistics().get("notes")).hits();
    }
}
