package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Lookups as a client sees them, with a look into Redis. */
@ExtendWith(ArquillianExtension.class)
class LookupTest {

    private static final String BY_ID = "provider-connection";
    private static final String OF_USER = "connections-of-user";

    private final Application application = new Application("lookup");
    private final UUID user = UUID.randomUUID();

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.named("lookup", TestRedis.uri());
    }

    @Test
    void lookup_twice_isAnsweredFromTheDatabaseAndThenFromRedis() {
        UUID id = application.added(user);
        long before = application.databaseLoads(BY_ID);

        var miss = application.lookUp(id);
        var hit = application.lookUp(id);

        assertThat(miss.status()).isEqualTo(200);
        assertThat(miss.source()).isEqualTo("database");
        assertThat(hit.source()).isEqualTo("redis");
        assertThat(hit.body()).isEqualTo(miss.body());
        assertThat(application.databaseLoads(BY_ID) - before).isEqualTo(1);
    }

    @Test
    void lookup_missed_isCounted() {
        UUID id = application.added(user);
        long hits = application.counter(BY_ID, "hits");
        long misses = application.counter(BY_ID, "misses");
        long stores = application.counter(BY_ID, "stores");

        application.lookUp(id);
        application.lookUp(id);

        assertThat(application.counter(BY_ID, "misses") - misses).isEqualTo(1);
        assertThat(application.counter(BY_ID, "stores") - stores).isEqualTo(1);
        assertThat(application.counter(BY_ID, "hits") - hits).isEqualTo(1);
    }

    @Test
    void lookup_missed_leavesTheEntryInRedis() {
        UUID id = application.added(user);

        application.lookUp(id);

        JsonObject entry = entry(key(id));
        assertThat(entry.getString("id")).isEqualTo(id.toString());
        assertThat(entry.getString("user_id")).isEqualTo(user.toString());
        assertThat(entry.getString("status")).isEqualTo("pending");
        assertThat(entry.getString("alias")).isEqualTo("Jörg’s Depot");
    }

    @Test
    void ttl_setInTheEnvironment_winsOverTheFile() {
        UUID id = application.added(user);

        application.lookUp(id);

        // The file says 300 s, the server's environment CACHED_CONNECTION_TTL=PT2M; an entry lives 90 to 100 % of it.
        assertThat(ttl(key(id))).isBetween(100L, 120L);
    }

    @Test
    void ttl_setInTheFile_isTheLifeOfTheEntry() {
        application.added(user);

        application.lookUpOfUser(user);

        assertThat(ttl("lookup:" + OF_USER + ":" + user)).isBetween(1L, 10L);
    }

    @Test
    void list_twice_isAnsweredFromTheDatabaseAndThenFromRedis() {
        application.added(user);
        application.added(user);
        long before = application.databaseLoads(OF_USER);

        var miss = application.lookUpOfUser(user);
        var hit = application.lookUpOfUser(user);

        assertThat(miss.source()).isEqualTo("database");
        assertThat(hit.source()).isEqualTo("redis");
        assertThat(hit.body()).isEqualTo(miss.body()).contains(user.toString());
        assertThat(application.databaseLoads(OF_USER) - before).isEqualTo(1);
    }

    @Test
    void listPageAndCount_ofOneTag_areEvictedByOneWrite() {
        UUID other = UUID.randomUUID();
        application.added(other);
        List<String> paths = List.of("", "?page=0", "?status=pending", "/count");
        for (String path : paths) {
            application.get("users/" + user + "/connections" + path);
            assertThat(application.get("users/" + user + "/connections" + path).source())
                    .isEqualTo("redis");
            application.get("users/" + other + "/connections" + path);
        }

        application.added(user);

        for (String path : paths) {
            assertThat(application.get("users/" + user + "/connections" + path).source())
                    .isEqualTo("database");
            assertThat(application.get("users/" + other + "/connections" + path).source())
                    .isEqualTo("redis");
        }
        assertThat(application
                        .get("users/" + user + "/connections/count")
                        .json()
                        .getInt("count"))
                .isEqualTo(1);
        assertThat(application.get("users/" + user + "/connections?page=x").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "\"text\"", "{\"id\":\"not a UUID\"}", "\u0000\u0001\uffff"})
    void entry_malformed_isReplacedByWhatTheDatabaseSays(String malformed) {
        UUID id = application.added(user);
        try (var redis = RedisClient.create(TestRedis.uri())) {
            redis.set(key(id).getBytes(UTF_8), malformed.getBytes(UTF_8));
        }

        var answer = application.lookUp(id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.source()).isEqualTo("database");
        assertThat(entry(key(id)).getString("id")).isEqualTo(id.toString());
        assertThat(application.lookUp(id).source()).isEqualTo("redis");
    }

    @Test
    void entry_ofAnotherRedisType_isReplacedByWhatTheDatabaseSays() {
        UUID id = application.added(user);
        try (var redis = RedisClient.create(TestRedis.uri())) {
            redis.hset(key(id), "a", "hash");
        }

        assertThat(application.lookUp(id).source()).isEqualTo("database");
        assertThat(application.lookUp(id).source()).isEqualTo("redis");
    }

    @Test
    void change_afterAHit_isSeenByTheNextLookup() {
        UUID id = application.added(user);
        application.lookUp(id);
        application.lookUp(id);

        var changed = application.send("PUT", "connections/" + id, "{\"status\":\"failed\"}");
        var answer = application.lookUp(id);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(answer.source()).isEqualTo("database");
        assertThat(answer.json().getString("status")).isEqualTo("failed");
    }

    @Test
    void removal_afterAHit_isSeenByTheNextLookup() {
        UUID id = application.added(user);
        application.lookUp(id);

        var removed = application.send("DELETE", "connections/" + id, "");

        assertThat(removed.status()).isEqualTo(204);
        assertThat(application.lookUp(id).status()).isEqualTo(404);
    }

    @Test
    void writes_afterAHitOfTheList_areSeenByTheNext() {
        UUID id = application.added(user);
        application.lookUpOfUser(user);

        UUID second = application.added(user);
        assertThat(application.lookUpOfUser(user).body()).contains(second.toString());

        application.send("PUT", "connections/" + id, "{\"status\":\"failed\"}");
        assertThat(application.lookUpOfUser(user).body()).contains("failed");

        application.send("DELETE", "connections/" + second, "");
        assertThat(application.lookUpOfUser(user).body()).doesNotContain(second.toString());
    }

    private static String key(UUID connectionId) {
        return "lookup:provider:conn:" + connectionId;
    }

    private static JsonObject entry(String key) {
        try (var redis = RedisClient.create(TestRedis.uri());
                var reader = Json.createReader(new StringReader(redis.get(key)))) {
            return reader.readObject();
        }
    }

    private static long ttl(String key) {
        try (var redis = RedisClient.create(TestRedis.uri())) {
            return redis.ttl(key);
        }
    }
}
