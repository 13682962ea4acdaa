package io.cachedconnection.rolling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.json.Provider;
import io.cachedconnection.testing.TestRedis;
import java.nio.file.Path;
import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Nodes whose settings, or versions of this library, differ, as while they are replaced one by one. */
@Timeout(60)
class FormatChangeTest {

    private static final int VERSION_AT = 1;
    private static final int FLAGS_AT = 2;
    private static final Key OLD = key((byte) 1);
    private static final Key NEW = key((byte) 2);

    @TempDir
    private static Path folder;

    private static Release release;

    private final Row row = new Row();
    private final EntryKey key =
            KeySpace.of("rolling", "").key(UUID.randomUUID().toString());
    private final List<RollingNode> nodes = new ArrayList<>();

    @BeforeAll
    static void compile() {
        release = new Releases(folder).before(TypeChange.ORDER_CHANGED);
    }

    @AfterEach
    void close() {
        nodes.forEach(RollingNode::close);
    }

    private static Key key(byte content) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, content);
        return new SecretKeySpec(bytes, "AES");
    }

    private static FormatSettings encrypted(Key... keys) {
        return new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, new KeyRing(List.of(keys)), null);
    }

    private RollingNode node(FormatSettings settings) {
        return node(settings, Provider.YASSON);
    }

    private RollingNode node(FormatSettings settings, Provider provider) {
        RollingNode node = new RollingNode(release, row, key, new Wire(provider, settings, false));
        nodes.add(node);
        return node;
    }

    /** The one writes, the other reads: where from? */
    private Source readBy(RollingNode reader, RollingNode writer) throws Exception {
        writer.evict();
        assertThat(writer.look()).isEqualTo(Source.REPOSITORY);
        return reader.look();
    }

    private void change(int at, int value) {
        try (Jedis redis = new Jedis(TestRedis.uri())) {
            byte[] name = key.text().getBytes(UTF_8);
            byte[] payload = redis.get(name);
            payload[at] = (byte) value;
            redis.set(name, payload);
        }
    }

    @Test
    void envelopes_bareJsonOfAFormerVersion_isOutdated() throws Exception {
        RollingNode former = node(FormatSettings.JSON);
        RollingNode current = node(FormatSettings.DEFAULT);

        assertThat(readBy(current, former)).isEqualTo(Source.REPOSITORY);
        assertThat(current.count(Event.OUTDATED)).isOne();
        assertThat(readBy(former, current)).isEqualTo(Source.REPOSITORY);
        assertThat(former.count(Event.OUTDATED)).isOne();
        Turns.take(former, current);
        Turns.take(current, former);
        assertThat(current.count(Event.UNDECODABLE)).isZero();
    }

    @Test
    void envelopes_oneOfAFutureVersion_isOutdatedAndReplaced() throws Exception {
        RollingNode node = node(FormatSettings.DEFAULT);
        node.look();
        change(VERSION_AT, 3);

        assertThat(node.look()).isEqualTo(Source.REPOSITORY);
        assertThat(node.count(Event.OUTDATED)).isOne();
        assertThat(node.look()).isEqualTo(Source.REDIS);
    }

    @Test
    void encrypted_anEnvelopeOfAFutureVersion_isNotTrusted() throws Exception {
        RollingNode node = node(encrypted(OLD));
        node.look();
        change(VERSION_AT, 3);

        assertThat(node.look()).isEqualTo(Source.REPOSITORY);
        assertThat(node.count(Event.UNTRUSTED)).isOne();
        assertThat(node.look()).isEqualTo(Source.REDIS);
    }

    @Test
    void envelopes_oneWithUnknownFlags_isUndecodableAndReplaced() throws Exception {
        RollingNode node = node(FormatSettings.DEFAULT);
        node.look();
        change(FLAGS_AT, 4);

        assertThat(node.look()).isEqualTo(Source.REPOSITORY);
        assertThat(node.count(Event.UNDECODABLE)).isOne();
        assertThat(node.look()).isEqualTo(Source.REDIS);
    }

    @Test
    void encryption_switchedOnNodeByNode_costsLoadsOnly() throws Exception {
        RollingNode clear = node(FormatSettings.DEFAULT);
        RollingNode encrypted = node(encrypted(NEW), Provider.JOHNZON);

        assertThat(readBy(encrypted, clear)).isEqualTo(Source.REPOSITORY);
        assertThat(encrypted.count(Event.UNTRUSTED)).isOne();
        assertThat(readBy(clear, encrypted)).isEqualTo(Source.REPOSITORY);
        assertThat(clear.count(Event.OUTDATED)).isOne();
        Turns.take(clear, encrypted);
        Turns.take(encrypted, clear);
        assertThat(clear.count(Event.UNDECODABLE) + encrypted.count(Event.UNDECODABLE))
                .isZero();
    }

    @Test
    void keys_rotatedAsDocumented_areReadByAll() throws Exception {
        RollingNode before = node(encrypted(OLD));
        RollingNode added = node(encrypted(OLD, NEW));
        RollingNode first = node(encrypted(NEW, OLD));
        RollingNode after = node(encrypted(NEW));

        for (List<RollingNode> pair : List.of(List.of(before, added), List.of(added, first))) {
            assertThat(readBy(pair.get(0), pair.get(1))).isEqualTo(Source.REDIS);
            assertThat(readBy(pair.get(1), pair.get(0))).isEqualTo(Source.REDIS);
            Turns.take(pair.get(0), pair.get(1));
        }
        // In the third step nothing is left that the old key has encrypted.
        assertThat(readBy(after, first)).isEqualTo(Source.REDIS);
        assertThat(readBy(first, after)).isEqualTo(Source.REDIS);
        Turns.take(first, after);
        assertThat(nodes.stream().mapToLong(node -> node.count(Event.UNTRUSTED)))
                .containsOnly(0L);
    }

    @Test
    void keys_rotatedInOneStep_areMissesOnly() throws Exception {
        RollingNode before = node(encrypted(OLD));
        RollingNode after = node(encrypted(NEW));

        Turns.take(before, after);
        Turns.take(after, before);

        assertThat(readBy(after, before)).isEqualTo(Source.REPOSITORY);
        assertThat(after.count(Event.UNTRUSTED)).isPositive();
        assertThat(after.count(Event.UNDECODABLE) + after.count(Event.OUTDATED)).isZero();
    }

    @Test
    void compression_onOneNodeOnly_isReadByAll() throws Exception {
        RollingNode plain = node(FormatSettings.DEFAULT);
        RollingNode compressing = node(new FormatSettings(Format.ENVELOPE, 100, null, null));

        assertThat(readBy(plain, compressing)).isEqualTo(Source.REDIS);
        assertThat(readBy(compressing, plain)).isEqualTo(Source.REDIS);
        assertThat(length(compressing)).isLessThan(length(plain));
        Turns.take(plain, compressing);
        Turns.take(compressing, plain);
    }

    private long length(RollingNode writer) throws Exception {
        writer.evict();
        writer.look();
        try (Jedis redis = new Jedis(TestRedis.uri())) {
            return redis.strlen(key.text());
        }
    }
}
