package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import jakarta.enterprise.context.ApplicationScoped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches that nobody knows of until they are opened, and that the environment has settings for. */
class LateWiresTest {

    private final Unlisted environment = new Unlisted();
    private final RunningContainer container = new RunningContainer(environment, Shelf.class);
    private final ConnectionCaches caches = container.bean(ConnectionCaches.class);

    @AfterEach
    void close() {
        container.close();
    }

    private ConnectionCache<Long, String> reports() {
        return caches.cache("reports", Long.class, String.class);
    }

    private void encrypt(String keys) {
        environment.set("cache.reports.encryption.enabled", "true");
        environment.set("cache.reports.encryption.keys", keys);
    }

    private String stored() {
        String key =
                container.redis.keys(container.prefix + ":reports:*").iterator().next();
        return key + "=" + new String(container.redis.get(key.getBytes(UTF_8)), ISO_8859_1);
    }

    @Test
    void put_noSettings_isInClear() {
        reports().put(1L, "shown");

        assertThat(stored()).startsWith(container.prefix + ":reports:1=").contains("\"shown\"");
    }

    @Test
    void put_encryptedAndPrivate_isNeitherInClear() {
        encrypt(Seeds.ENCRYPTION_KEY);
        environment.set("cache.reports.key-privacy.enabled", "true");
        environment.set("cache.reports.key-privacy.key", Seeds.MAC_KEY);
        reports().put(1L, "shown");

        assertThat(stored()).doesNotContain(":reports:1=", "shown");
        assertThat(reports().find(1L)).contains("shown");
        assertThat(container.redis.keys(container.prefix + ":reports:*")).hasSize(1);
    }

    @Test
    void cache_openedBefore_staysAsItWas() {
        reports().put(1L, "shown");
        encrypt(Seeds.ENCRYPTION_KEY);

        assertThat(reports().find(1L)).contains("shown");
    }

    @Test
    void cache_wrongSettings_isRefusedWithAllOfThemUntilTheyAreRight() {
        encrypt(Seeds.ENCRYPTION_KEY + ",");
        environment.set("cache.reports.wire", "xml");

        for (int i = 0; i < 2; i++) {
            assertThatIllegalArgumentException()
                    .isThrownBy(this::reports)
                    .withMessageStartingWith("CC-0217 Cache reports ")
                    .withMessageContainingAll(
                            "CC-0209 Setting cached-connection.cache.reports.encryption.keys is '(not shown)'",
                            "the environment: key 2 is empty",
                            "CC-0202 Setting cached-connection.cache.reports.wire is 'xml' in the environment")
                    .satisfies(ScannedLog::thrown)
                    .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(Seeds.ENCRYPTION_KEY));
        }
        assertThat(caches.statistics()).doesNotContainKey("reports");

        encrypt(Seeds.ENCRYPTION_KEY);
        environment.set("cache.reports.wire", "ENVELOPE");
        reports().put(1L, "shown");
        assertThat(stored()).doesNotContain("shown");
    }

    @ApplicationScoped
    static class Ghosts {

        @EvictConnection(cache = "reports", key = "{id}")
        public void bury(long id) {}
    }

    /** As without settings: the mistake is another one. */
    @Test
    @SuppressWarnings("resource") // it does not start
    void deployment_writeToACacheThatIsNone_isRefusedAsEver() {
        encrypt("wrong");

        StringBuilder said = new StringBuilder();
        Throwable cause = catchThrowable(() -> new RunningContainer(environment, Ghosts.class));
        for (; cause != null; cause = cause.getCause()) {
            said.append(cause);
        }

        assertThat(said).contains("CC-0501", "CC-0129").doesNotContain("CC-0217");
    }
}
