package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.Shelf.Volume;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.provider.ProviderCredentials;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Encryption, private keys and compression together, in a CDI container, on a real Redis. */
class EncryptedContainerTest {

    private static final String SECRET = "Pa55w0rd";
    private static final long ID = 7_340_033_119_731L; // as nothing else in Redis reads
    private static final String LONG = (SECRET + " again. ").repeat(200);
    private static final String NAME_OF_A_KEY = "[A-Za-z0-9_-]{43}";

    private final String prefix = "t" + UUID.randomUUID();
    private RunningContainer container = started(key(2));
    private Shelf shelf = container.bean(Shelf.class);

    @AfterEach
    void close() {
        container.close();
    }

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private RunningContainer started(String keys) {
        return started(Map.of(
                "encryption.enabled", "true",
                "encryption.keys", keys,
                "key-privacy.enabled", "true",
                "key-privacy.key", key(1),
                "compress-over", "1000"));
    }

    private RunningContainer started(Map<String, String> settings) {
        return new RunningContainer(prefix, settings, Shelf.class);
    }

    private void restart(RunningContainer next) {
        container = next;
        shelf = next.bean(Shelf.class);
    }

    private ConnectionCaches caches() {
        return container.bean(ConnectionCaches.class);
    }

    private CacheStatistics statistics() {
        return caches().statistics().get("volumes");
    }

    /** All keys and all that is in them, whatever kind it is of. */
    private String redis() {
        Jedis redis = container.redis;
        StringBuilder all = new StringBuilder();
        for (String key : redis.keys("*" + prefix + "*")) {
            all.append(key).append('=');
            all.append(redis.type(key).equals("string") ? bytes(key) : redis.hgetAll(key));
            all.append('\n');
        }
        return all.toString();
    }

    private String bytes(String key) {
        return new String(container.redis.get(key.getBytes(UTF_8)), ISO_8859_1);
    }

    private String onlyKey(String cache) {
        return container.redis.keys(prefix + ":" + cache + ":*").iterator().next();
    }

    private void useAll() {
        shelf.change(ID, SECRET);
        shelf.find(ID);
        shelf.title(SECRET, ID);
        shelf.store(ID + 1, SECRET);
        shelf.save(new Volume(ID + 2, SECRET));
        caches().cache("by-hand", String.class, String.class).put(SECRET + ID, SECRET);
        ProviderConnectionCache connections = container.bean(ProviderConnectionCache.class);
        connections.set(connection());
    }

    private static ProviderConnection connection() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        UUID id = new UUID(0, ID);
        return ProviderConnection.pending(id, id, id, SECRET, now)
                .activate(new ProviderCredentials(SECRET.getBytes(UTF_8), CredentialType.OAUTH2, null), now);
    }

    @Test
    void redis_afterAllKindsOfUse_hasNothingInClear() {
        useAll();

        assertThat(container.redis.keys(prefix + ":*"))
                .filteredOn(key -> !key.startsWith(prefix + ":%tags:%all:")) // the stamps of caches
                .hasSize(5)
                .allMatch(key -> key.matches(".*:" + NAME_OF_A_KEY));
        assertThat(redis())
                .doesNotContain(SECRET, Long.toString(ID), Long.toHexString(ID), "\"title\"", "provider_slug");
    }

    /** What the test above looks for is there without the settings. */
    @Test
    void redis_withoutTheSettings_hasAllOfItInClear() {
        container.close();
        restart(started(Map.of()));
        useAll();

        assertThat(redis()).contains(SECRET, Long.toString(ID), Long.toHexString(ID), "\"title\"", "provider_slug");
    }

    @Test
    void lookup_twice_isAnsweredFromRedis() {
        shelf.change(ID, SECRET);
        shelf.find(ID);
        shelf.change(ID, "unseen");

        assertThat(shelf.find(ID)).contains(new Volume(ID, SECRET));
        assertThat(statistics().hits()).isEqualTo(1);
    }

    @Test
    void lookup_longValue_isCompressed() {
        shelf.change(ID, LONG);
        shelf.find(ID);
        shelf.change(ID, "unseen");

        assertThat(bytes(onlyKey("volumes"))).hasSizeLessThan(LONG.length() / 4);
        assertThat(shelf.find(ID)).contains(new Volume(ID, LONG));
    }

    @Test
    void writes_ofAllKinds_reachTheEntries() {
        shelf.change(ID, "old");
        shelf.find(ID);
        shelf.title("de", ID);
        shelf.title("fr", ID);

        shelf.save(new Volume(ID, "saved"));
        assertThat(shelf.find(ID)).contains(new Volume(ID, "saved"));
        assertThat(shelf.title("de", ID)).isEqualTo("old (de)");

        shelf.rename(ID, "renamed");
        assertThat(shelf.find(ID)).contains(new Volume(ID, "renamed"));
        assertThat(shelf.title("de", ID)).isEqualTo("renamed (de)");
        assertThat(shelf.title("fr", ID)).isEqualTo("renamed (fr)");

        shelf.store(ID, "put");
        shelf.change(ID, "unseen");
        assertThat(shelf.find(ID)).contains(new Volume(ID, "put"));
    }

    @Test
    void programmatic_all_isTheSameEntry() {
        ConnectionCache<Long, Volume> volumes = caches().cache("volumes", Long.class, Volume.class);
        shelf.change(ID, "found");
        shelf.find(ID);

        assertThat(volumes.find(ID)).contains(new Volume(ID, "found"));
        volumes.put(ID, new Volume(ID, "put"));
        assertThat(shelf.find(ID)).contains(new Volume(ID, "put"));
        volumes.evict(ID);
        assertThat(volumes.contains(ID)).isFalse();
        volumes.put(ID, new Volume(ID, "put"));
        volumes.clear();
        assertThat(shelf.find(ID)).contains(new Volume(ID, "found"));
    }

    @Test
    void providerConnections_programmatic_areReadAgain() {
        ProviderConnectionCache connections = container.bean(ProviderConnectionCache.class);
        connections.set(connection());

        assertThat(connections.get(connection().id())).isPresent();
        assertThat(connections.exists(connection().id())).isTrue();
        assertThat(connections.delete(connection().id())).isTrue();
        assertThat(connections.get(connection().id())).isEmpty();
    }

    @Test
    void nextContainer_sameOrRotatedKeys_readsWhatIsThere() {
        shelf.change(ID, SECRET);
        shelf.find(ID);

        for (String keys : List.of(key(2), key(2) + "," + key(3), key(3) + "," + key(2))) {
            container.close();
            restart(started(keys));
            assertThat(shelf.find(ID)).contains(new Volume(ID, SECRET));
            assertThat(statistics().loads()).isZero();
        }
    }

    @Test
    void nextContainer_otherKeys_loadsAnew() {
        shelf.change(ID, SECRET);
        shelf.find(ID);
        container.close();
        restart(started(key(3)));
        shelf.change(ID, "loaded");

        assertThat(shelf.find(ID)).contains(new Volume(ID, "loaded"));
        assertThat(statistics().untrusted()).isEqualTo(1);
        assertThat(statistics().loads()).isEqualTo(1);
    }

    @Test
    void entryInClear_ofAnEncryptedCache_isNotTrusted() {
        shelf.change(ID, "loaded");
        shelf.find(ID);
        container.redis.set(onlyKey("volumes"), "{\"id\":" + ID + ",\"title\":\"planted\"}");

        assertThat(shelf.find(ID)).contains(new Volume(ID, "loaded"));
        assertThat(statistics().untrusted()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void deployment_wrongSettings_isRefusedInOneMessageWithoutKeys() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "wire", "JSON",
                "encryption.enabled", "true",
                "encryption.keys", key(2) + "," + key(1),
                "key-privacy.enabled", "true",
                "key-privacy.key", key(1),
                "cache.volumes.encryption.keys", key(4) + "," + key(4),
                "compress-over", "1"));

        StringBuilder said = new StringBuilder();
        for (Throwable cause = catchThrowable(() -> started(settings)); cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append(cause).append('\n');
        }

        assertThat(said)
                .contains("CC-0501", "CC-0202", "compress-over", "CC-0209", "key 2 is a duplicate")
                .contains("bare JSON is not encrypted", "they have a key in common");
        Arrays.asList(1, 2, 4)
                .forEach(seed ->
                        assertThat(said.toString()).doesNotContain(key(seed).substring(0, 8)));
    }
}
