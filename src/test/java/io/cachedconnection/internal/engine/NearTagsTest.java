package io.cachedconnection.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries with tags that the memory of a node answers, and what makes them old. */
class NearTagsTest {

    private static final NearSettings NEAR = new NearSettings(true, 100, Duration.ofSeconds(2));
    private static final ProtocolSettings RETRY = Settings.protocol(Duration.ofMillis(100));
    private static final KeySpace TAGS = KeySpace.ofTags("shop", KeyNames.clear());
    private static final KeySpace SPACE = KeySpace.of("pages", "shop").stamped(TAGS, false);
    private static final EntryKey TAG = TAGS.key("customer:1");
    private static final EntryKey PAGE = SPACE.key("1:0").with(List.of(TAG));
    private static final EntryKey OTHER = SPACE.key("2:0");

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final Node node = new Node(memory, time, RETRY);
    private final Node elsewhere = new Node(memory, time, RETRY);
    private final NearCaches near = node.near;
    private final CacheBinding<String> binding = binding(SPACE);

    private CacheBinding<String> binding(KeySpace space) {
        Cache cache = new Cache(space.cache(), Settings::cache, new CacheCounters(), near.of(space, () -> NEAR));
        EntryFormat format = new Envelopes(() -> 0).wrapping(FormatSettings.DEFAULT, 1);
        return new CacheBinding<>(cache, new TextCodec(), format, TtlChoice.annotated(null));
    }

    @BeforeEach
    void tuneIn() {
        node.engine.recover();
    }

    private LookupResult<String> read(CacheBinding<String> through, EntryKey key) throws Exception {
        return node.engine.read(through, key, () -> "row");
    }

    private void bringNear(CacheBinding<String> through, EntryKey key) throws Exception {
        read(through, key);
        assertThat(read(through, key).source()).isEqualTo(Source.REDIS);
        assertThat(read(through, key).source()).isEqualTo(Source.NEAR);
    }

    private void assertEvicts(Node by, Target target) throws Exception {
        bringNear(binding, PAGE);
        bringNear(binding, OTHER);

        by.engine.evict(target);

        assertThat(read(binding, PAGE).source()).isEqualTo(Source.REPOSITORY);
        boolean isAll = !target.equals(TAG);
        assertThat(read(binding, OTHER).source()).isEqualTo(isAll ? Source.REPOSITORY : Source.NEAR);
    }

    @Test
    void evict_ofATag_isSeenAtOnce() throws Exception {
        memory.feed().hold();
        assertEvicts(node, TAG);
    }

    @Test
    void evict_ofATagElsewhere_isHeard() throws Exception {
        assertEvicts(elsewhere, TAG);
    }

    @Test
    void evict_ofAllByStamp_isSeenAtOnce() throws Exception {
        memory.feed().hold();
        assertEvicts(node, SPACE.all());
    }

    @Test
    void evict_ofAllByStampElsewhere_isHeard() throws Exception {
        assertEvicts(elsewhere, SPACE.all());
    }

    @Test
    void evict_ofAllTags_isSeenAtOnce() throws Exception {
        memory.feed().hold();
        assertEvicts(node, TAGS);
    }

    @Test
    void evict_ofAllTagsElsewhere_isHeard() throws Exception {
        assertEvicts(elsewhere, TAGS);
    }

    @Test
    void near_tagEvictedWhileTheReplyIsOnItsWay_isNotKept() throws Exception {
        read(binding, PAGE);
        node.engine.read(binding, PAGE, () -> "row"); // near from now on
        elsewhere.engine.evict(TAG);
        read(binding, PAGE);

        assertThat(read(binding, PAGE).source()).isEqualTo(Source.REDIS);
        assertThat(read(binding, PAGE).source()).isEqualTo(Source.NEAR);
    }

    /** What is opened later is heard from the start, and what the others keep stays. */
    @Test
    void near_manyMoreCachesOfTheApplication_leaveWhatIsKept() throws Exception {
        bringNear(binding, PAGE);
        for (int i = 0; i < 50; i++) {
            KeySpace later = KeySpace.of("later-" + i, "shop").stamped(TAGS, false);
            CacheBinding<String> ofLater = binding(later);

            assertThat(read(binding, PAGE).source()).isEqualTo(Source.NEAR);
            bringNear(ofLater, later.key("1"));
        }
        assertThat(near.wanted()).containsExactly("shop:");
    }

    @Test
    void payload_inTheStore_isAnEnvelopeWithTwoStamps() throws Exception {
        read(binding, PAGE);

        byte[] payload = memory.find(PAGE, 1);
        assertThat(payload[3]).isEqualTo((byte) 2);
        assertThat(new String(payload, UTF_8)).contains("row");
    }

    /** A silent store is waited for once, however many they are. */
    @Test
    void evict_manyTags_goTogether() {
        List<Integer> sizes = new ArrayList<>();
        RemoteStore counting = (RemoteStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RemoteStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("steps")) {
                        sizes.add(((List<?>) arguments[0]).size());
                    }
                    return method.invoke(memory, arguments);
                });
        List<EntryKey> tags = List.of(TAG, TAGS.key("customer:2"), TAGS.key("customer:3"));

        new Node(counting, time, RETRY).engine.evict(tags);

        assertThat(sizes).containsExactly(3);
    }
}
