package io.cachedconnection.servertests;

import static io.cachedconnection.servertests.Aliases.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.servertests.InTransaction.Work;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commits that fail when the writes have been announced already: another resource of the transaction refuses. */
@ExtendWith(ArquillianExtension.class)
class FailingCommitTest {

    @Inject
    private ProviderConnectionCache providerCache;

    @Inject
    private InTransaction inTransaction;

    @Inject
    private Aliases aliases;

    @Inject
    private RedisProbe redis;

    @Deployment
    static WebArchive sample() {
        return SampleWar.named("failing-commit", TestRedis.uri())
                .addClasses(InTransaction.class, Aliases.class, OtherThread.class, RedisProbe.class)
                .addClasses(RefusingResource.class)
                .addAsLibraries(SampleWar.librariesOfJedis())
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void commit_refusedAfterAnEviction_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        refused(id, () -> aliases.rename(id));

        assertThatItIsLeftOpen(id);
    }

    @Test
    void commit_refusedAfterAPut_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        refused(id, () -> {
            providerCache.set(Aliases.renamed(Aliases.old(id)));
            aliases.added(); // with one resource alone nothing is prepared
        });

        assertThatItIsLeftOpen(id);
    }

    /** Does the work in a transaction that is refused; while it is being prepared, its write is announced and unseen. */
    private void refused(UUID id, Work work) {
        List<String> seen = new ArrayList<>();
        var refusing = new RefusingResource(() -> {
            assertThat(redis.entry(id)).isNull(); // announced
            seen.add(aliases.seenElsewhere(id));
            assertThat(redis.entry(id)).isNull(); // nobody fills
        });
        assertThatExceptionOfType(RollbackException.class)
                .isThrownBy(() -> inTransaction.beanManaged(() -> {
                    inTransaction.enlist(refusing);
                    work.run();
                }));
        assertThat(refusing.failure()).isNull();
        assertThat(seen).containsExactly(OLD);
    }

    private void assertThatItIsLeftOpen(UUID id) throws Exception {
        assertThat(redis.entry(id)).isNull();
        assertThat(aliases.seenElsewhere(id)).isEqualTo(OLD);
        assertThat(redis.entry(id)).isNull(); // the cache cannot know that the commit will not come through later
    }
}
