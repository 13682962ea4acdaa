package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.servertests.InTransaction.Undone;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

/**
 * Commits that fail or are lost, stores outside the transaction, and old snapshots, in a real database. What is in the cache
 * when they are over must be what is in the database, now and later.
 */
abstract class LostCommits {

    @Inject
    private Accounts accounts;

    @Inject
    private InTransaction inTransaction;

    private final int old = ThreadLocalRandom.current().nextInt(1 << 30);
    private final int changed = (1 << 30) + ThreadLocalRandom.current().nextInt(1 << 29);

    /** The sample application and a data source of this class, through which commits can be lost. */
    static WebArchive sample(String name, Class<?> dataSource) {
        WebArchive war = SampleWar.named(name, TestRedis.uri())
                .addClasses(LostCommits.class, Accounts.class, InTransaction.class, Needs.class)
                .addAsLibrary(SampleWar.library(Assertions.class))
                .addAsLibrary(SampleWar.library(Driver.class))
                .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <data-source>
                            <name>java:app/jdbc/accounts</name>
                            <class-name>%s</class-name>
                            <url>%s</url>
                            <user>postgres</user>
                            <password>%s</password>
                          </data-source>
                        </web-app>
                        """.formatted(
                                dataSource.getName(), LossyPostgres.url().replace("&", "&amp;"), Accounts.PASSWORD)));
        return SampleWar.with(
                SampleWar.with(war, "accounts.url=" + LossyPostgres.url()),
                "cached-connection.key-prefix=" + UUID.randomUUID());
    }

    /** A server may notice only when it uses a connection of its pool that this is lost. */
    @BeforeEach
    void discardLostConnections() {
        for (int i = 0; i < 30; i++) {
            try {
                useSomeAtOnce(4);
                return;
            } catch (Exception e) {
                // of a lost connection: the next try has one less
            }
        }
    }

    private void useSomeAtOnce(int connections) throws Exception {
        inTransaction.requiresNew(() -> {
            accounts.touch();
            if (connections > 1) {
                useSomeAtOnce(connections - 1);
            }
        });
    }

    private long cached() throws Exception {
        long id = accounts.open(old);
        assertThat(accounts.seenElsewhere(id)).isEqualTo(old);
        assertThat(accounts.cached(id)).contains(old);
        return id;
    }

    /** Nothing is stored as long as the commit may be on its way. */
    private void assertLeftOpen(long id, int seen) throws Exception {
        assertThat(accounts.cached(id)).isEmpty();
        assertThat(accounts.seenElsewhere(id)).isEqualTo(seen);
        assertThat(accounts.cached(id)).isEmpty();
    }

    @Test
    void put_committed_isStored() throws Exception {
        long id = accounts.open(old);
        accounts.changed(id, changed, Accounts.NOTHING);

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
        assertThat(accounts.cached(id)).contains(changed);
    }

    @Test
    void put_theCommitIsLost_isNeverSeen() throws Exception {
        long id = cached();
        assertThatException().isThrownBy(() -> accounts.changed(id, changed, Accounts.BEFORE));

        assertLeftOpen(id, old);
    }

    @Test
    void put_theAnswerToTheCommitIsLost_isSeen() throws Exception {
        long id = cached();
        assertThatException().isThrownBy(() -> accounts.changed(id, changed, Accounts.AFTER));

        assertLeftOpen(id, changed);
    }

    @Test
    void eviction_theCommitComesThroughLater_isSeenThen() throws Exception {
        long id = cached();
        assertThatException().isThrownBy(() -> accounts.change(id, changed, Accounts.LATE));
        assertLeftOpen(id, old);
        accounts.awaitLateCommits();

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    @Test
    void eviction_theCommitIsLostAndItsTransactionIsTheCallers_isLeftOpen() throws Exception {
        long id = cached();
        assertThatException()
                .isThrownBy(() -> inTransaction.required(() -> accounts.change(id, changed, Accounts.LATE)));
        assertLeftOpen(id, old);
        accounts.awaitLateCommits();

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    @Test
    void put_theDatabaseRefusesTheCommit_isOverAtOnceIfTheServerTells() throws Exception {
        long id = cached();
        accounts.open(changed); // balances are unique, which the database checks at the commit
        Throwable failure = catchThrowable(() -> accounts.changed(id, changed, Accounts.NOTHING));

        assertThat(accounts.cached(id)).isEmpty();
        assertThat(accounts.seenElsewhere(id)).isEqualTo(old);
        // Where a server does not tell the cause so that it leaves no doubt, this may as well be a lost connection.
        // Narayana
        // does.
        boolean isOver = accounts.cached(id).isPresent();
        assertThat(isOver).isEqualTo(isCausedByTheDatabase(failure) && (isOver || isOfNarayana(failure)));
    }

    private static boolean isOfNarayana(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(each -> String.valueOf(each.getMessage()).startsWith("ARJUNA"));
    }

    private static boolean isCausedByTheDatabase(Throwable failure) {
        return Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                        .anyMatch(LostCommits::isCausedByTheDatabase)
                || (failure instanceof SQLException cause && "23505".equals(cause.getSQLState()));
    }

    @Test
    @Tag(Needs.USER_TRANSACTION_AFTER_FAILED_COMMIT)
    void put_inATransactionOfTheProgram_onlyEvicts() throws Exception {
        long id = cached();
        inTransaction.beanManaged(() -> accounts.changed(id, changed, Accounts.NOTHING));

        assertThat(accounts.cached(id)).isEmpty();
        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    @Test
    void rollback_ofWhatIsWrittenElsewhere_isSeen() throws Exception {
        long id = cached();
        assertThatThrownBy(() -> accounts.changeInVain(id, changed)).isInstanceOf(Undone.class);

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    @Test
    void lookup_ofAnOldSnapshot_doesNotFill() throws Exception {
        long id = cached();
        inTransaction.required(() -> fromAnOldSnapshot(id));

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    @Test
    @Tag(Needs.USER_TRANSACTION_AFTER_FAILED_COMMIT)
    void lookup_ofAnOldSnapshotInATransactionOfTheProgram_doesNotFill() throws Exception {
        long id = cached();
        inTransaction.beanManaged(() -> fromAnOldSnapshot(id));

        assertThat(accounts.seenElsewhere(id)).isEqualTo(changed);
    }

    private void fromAnOldSnapshot(long id) throws Exception {
        accounts.takeSnapshot(id);
        accounts.changeElsewhere(id, changed);
        assertThat(accounts.balance(id)).isEqualTo(old);
    }
}
