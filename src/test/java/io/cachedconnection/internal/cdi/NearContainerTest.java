package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.Drawers.Album;
import io.cachedconnection.internal.cdi.Drawers.Note;
import io.cachedconnection.internal.cdi.Drawers.Parcel;
import io.cachedconnection.internal.cdi.Drawers.Stamp;
import io.cachedconnection.testing.TestRedis;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The near cache in a CDI container, on a real Redis: who gets the same object, and who one of his own. */
@SuppressWarnings("JavaUtilDate") // because it can be changed
class NearContainerTest {

    private static final String PREFIX = "cached-connection.";

    private final Map<String, String> settings = Map.of(
            "redis.uri", TestRedis.uri().toString(),
            "redis.timeout", "PT5S",
            "key-prefix", "n" + UUID.randomUUID(),
            "near.enabled", "true",
            "near.max-staleness", "PT1H");
    private WeldContainer container;
    private Drawers drawers;

    @BeforeEach
    void start() {
        settings.forEach((name, value) -> System.setProperty(PREFIX + name, value));
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClass(Drawers.class)
                .initialize();
        drawers = container.select(Drawers.class).get();
    }

    @AfterEach
    void stop() {
        container.close();
        settings.keySet().forEach(name -> System.clearProperty(PREFIX + name));
    }

    private ConnectionCaches caches() {
        return container.select(ConnectionCaches.class).get();
    }

    private long nearHits(String cache) {
        return caches().statistics().get(cache).nearHits();
    }

    private static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    /** Looks up until it is answered near: when changes are heard is not the application's business. */
    private <T> T near(String cache, Callable<T> lookup) {
        AtomicReference<T> found = new AtomicReference<>();
        until(() -> {
            long before = nearHits(cache);
            found.set(lookup.call());
            return nearHits(cache) > before;
        });
        return found.get();
    }

    /** Whatever one caller does to its value, the next one's is as it was. */
    private <T> void isOfItsOwn(String cache, Callable<T> lookup, Consumer<T> spoiling) throws Exception {
        T expected = lookup.call();
        T spoilt = near(cache, lookup);
        spoiling.accept(spoilt);

        T next = near(cache, lookup);
        assertThat(next).isNotSameAs(spoilt).usingRecursiveComparison().isEqualTo(expected);
        assertThat(spoilt).usingRecursiveComparison().isNotEqualTo(expected);
    }

    @Test
    void class_changedByOne_isAsItWasForTheNext() throws Exception {
        isOfItsOwn("notes", () -> drawers.note(1), note -> note.setText("spoilt"));
        isOfItsOwn("notes", () -> drawers.note(1), note -> note.getReplies().clear());
        isOfItsOwn(
                "notes",
                () -> drawers.note(1),
                note -> note.getReplies().get(0).getReplies().get(0).setText("spoilt"));
    }

    @Test
    void list_changedByOne_isAsItWasForTheNext() throws Exception {
        isOfItsOwn("lists", () -> drawers.list(1), List::clear);
        isOfItsOwn("lists", () -> drawers.list(1), list -> list.get(1).setText("spoilt"));
        isOfItsOwn("lists", () -> drawers.list(1), list -> list.add(new Note("more")));
    }

    @Test
    void map_changedByOne_isAsItWasForTheNext() throws Exception {
        isOfItsOwn("maps", () -> drawers.map(1), map -> map.put("b", List.of()));
        isOfItsOwn("maps", () -> drawers.map(1), map -> map.get("a").set(0, "spoilt"));
    }

    @Test
    void set_changedByOne_isAsItWasForTheNext() throws Exception {
        isOfItsOwn("sets", () -> drawers.set(1), Set::clear);
    }

    @Test
    void array_changedByOne_isAsItWasForTheNext() throws Exception {
        isOfItsOwn("arrays", () -> drawers.array(1), array -> array[1] = new String[] {"spoilt"});
        isOfItsOwn("arrays", () -> drawers.array(1), array -> array[0][1] = "spoilt");
        isOfItsOwn("bytes", () -> drawers.bytes(1), bytes -> bytes[0] = 9);
    }

    @Test
    void record_insideChangedByOne_isAsItWasForTheNext() throws Exception {
        Callable<Parcel> parcel = () -> drawers.parcel(1).orElseThrow();

        isOfItsOwn("parcels", parcel, it -> it.content()[1] = 9);
        isOfItsOwn("parcels", parcel, it -> it.sizes()[0] = 9);
        isOfItsOwn("parcels", parcel, it -> it.sent().setTime(9));
        isOfItsOwn("parcels", parcel, it -> it.notes().get("n").get(0).setText("spoilt"));
        isOfItsOwn("parcels", parcel, it -> it.notes().putAll(new HashMap<>(Map.of("more", List.of()))));
    }

    /** What was loaded is the loader's, and what the store has is nobody's: neither is kept as it is. */
    @Test
    void value_changedByWhoFoundItInRedis_isAsItWasForTheNext() throws Exception {
        drawers.parcel(2);
        Parcel found = drawers.parcel(2).orElseThrow();
        found.sent().setTime(9);
        found.content()[0] = 9;

        Parcel next = near("parcels", () -> drawers.parcel(2).orElseThrow());
        assertThat(next.sent()).isEqualTo(new Date(0));
        assertThat(next.content()).containsExactly(1, 2);
    }

    @Test
    void immutable_lookedUpTwice_isOneObject() throws Exception {
        Stamp stamp = near("stamps", () -> drawers.stamp(1).orElseThrow());

        assertThat(drawers.stamp(1)).containsSame(stamp);
        assertThat(drawers.stamp(2)).isPresent().get().isNotSameAs(stamp);
    }

    @Test
    void saysThatItIsShared_lookedUpTwice_isOneObject() throws Exception {
        Album album = near("albums", () -> drawers.album("top", 3));

        assertThat(drawers.album("top", 3)).isSameAs(album);
        assertThat(drawers.album("top", 4)).isEqualTo(new Album("top4", album.stamps()));
        assertThat(drawers.album("bottom", 3).title()).isEqualTo("bottom3");
    }

    @Test
    void evicted_byThisNode_isNotServedNear() throws Exception {
        near("stamps", () -> drawers.stamp(1));
        long before = nearHits("stamps");
        drawers.tear(1);

        drawers.stamp(1);
        assertThat(nearHits("stamps")).isEqualTo(before);
    }

    @Test
    void deleted_inRedisByHand_isNotServedNearSoon() throws Exception {
        near("stamps", () -> drawers.stamp(1));
        long loads = caches().statistics().get("stamps").loads();
        try (Jedis redis = new Jedis(TestRedis.uri())) {
            redis.del(settings.get("key-prefix") + ":stamps:1");
        }

        until(() -> {
            drawers.stamp(1);
            return caches().statistics().get("stamps").loads() > loads;
        });
    }

    @Test
    void find_programmatic_isAnsweredNear() throws Exception {
        ConnectionCache<Long, Stamp> stamps = caches().cache("stamps", Long.class, Stamp.class);
        stamps.put(7L, new Stamp("a fish", Optional.empty()));

        assertThat(near("stamps", () -> stamps.find(7L))).contains(new Stamp("a fish", Optional.empty()));
    }

    /** A cache that is opened while others are in use is heard from then on. */
    @Test
    void cache_openedLater_isNearToo() throws Exception {
        near("stamps", () -> drawers.stamp(1));
        ConnectionCache<UUID, String> later = caches().cache("later", UUID.class, String.class);
        UUID key = UUID.randomUUID();
        later.put(key, "value");

        assertThat(near("later", () -> later.find(key))).contains("value");
        near("stamps", () -> drawers.stamp(1));
    }
}
