package io.cachedconnection.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes of a version that knows no stamps beside nodes that evict all by a sweep for their sake, as while nodes are replaced
 * one by one. Each evicts keys and all, and no lookup returns what is older than a write that is over.
 */
@Tag("proof")
@Timeout(120)
class WithoutStampsTest {

    private static final int ROWS = 4;
    private static final int STEPS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String application = "t" + UUID.randomUUID();
    private final KeySpace older = KeySpace.of("rolling", application);
    private final KeySpace newer = older.stamped(KeySpace.ofTags(application, KeyNames.clear()), true);
    private final AtomicLongArray rows = new AtomicLongArray(ROWS); // what the database has
    private final AtomicLongArray returned = new AtomicLongArray(ROWS); // of which the write is over

    /** The envelope of version 1, which has no byte for the number of stamps. */
    private record VersionOne(EntryFormat inner) implements EntryFormat {

        @Override
        public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException {
            byte[] now = inner.wrapped(key, content, metadata);
            byte[] then = new byte[now.length - 1];
            System.arraycopy(now, 0, then, 0, Stamps.PLACE);
            System.arraycopy(now, Stamps.PLACE + 1, then, Stamps.PLACE, then.length - Stamps.PLACE);
            then[1] = 1;
            return then;
        }

        @Override
        public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
            if (payload[1] != 1) {
                throw new UnreadableValueException(Fault.OUTDATED, "another version of the envelope");
            }
            byte[] now = new byte[payload.length + 1];
            System.arraycopy(payload, 0, now, 0, Stamps.PLACE);
            System.arraycopy(payload, Stamps.PLACE, now, Stamps.PLACE + 1, payload.length - Stamps.PLACE);
            now[1] = Stamps.VERSION;
            return inner.unwrapped(key, now, limit);
        }
    }

    /** One node. */
    private final class Node implements AutoCloseable {

        private final KeySpace space;
        private final CacheCounters counters = new CacheCounters();
        private final JedisStore store =
                new JedisStore(Settings.redis(TestRedis.uri(), PATIENCE), Duration.ofSeconds(30));
        private final Engine engine =
                new Engine(Settings.ports(store, new NotedEvents(), System::nanoTime), Settings.protocol(PATIENCE));
        private final CacheBinding<String> binding;

        Node(KeySpace space) {
            this.space = space;
            EntryFormat format = new Envelopes(System::currentTimeMillis).wrapping(FormatSettings.DEFAULT, 1);
            binding = new CacheBinding<>(
                    new Cache(space.cache(), Settings::cache, counters, null),
                    new TextCodec(),
                    space.tags().isEmpty() ? new VersionOne(format) : format,
                    TtlChoice.annotated(null));
        }

        EntryKey key(int row) {
            return space.key("row" + row);
        }

        void look(int row) throws Exception {
            long least = returned.get(row);
            String seen = engine.read(binding, key(row), () -> String.valueOf(rows.get(row)))
                    .value();
            assertThat(Long.parseLong(seen)).isGreaterThanOrEqualTo(least);
        }

        void write(Target target, int row, boolean puts) throws Exception {
            long version = engine.write(List.of(target), changes -> {
                long written = rows.incrementAndGet(row);
                if (puts) {
                    changes.replace(key(row), () -> engine.encode(binding, key(row), String.valueOf(written)));
                }
                return written;
            });
            returned.accumulateAndGet(row, version, Math::max);
        }

        Void work(Random random) throws Exception {
            for (int i = 0; i < STEPS; i++) {
                int row = random.nextInt(ROWS);
                switch (random.nextInt(20)) {
                    case 0 -> write(space.all(), row, false);
                    case 1, 2 -> write(key(row), row, false);
                    case 3 -> write(key(row), row, true);
                    default -> look(row);
                }
            }
            return null;
        }

        @Override
        public void close() {
            engine.close();
            store.close();
        }
    }

    @Test
    void entries_inTurns_areOutdatedForTheOtherVersion() throws Exception {
        try (Node before = new Node(older);
                Node after = new Node(newer)) {
            before.look(0);
            before.look(0);
            after.look(0);
            after.look(0);
            before.look(0);

            assertThat(after.counters.of(Event.OUTDATED)).isOne();
            assertThat(before.counters.of(Event.OUTDATED)).isOne();
            assertThat(before.counters.of(Event.UNDECODABLE) + after.counters.of(Event.UNDECODABLE))
                    .isZero();

            after.write(after.space.all(), 0, false);
            before.look(0);
            before.write(before.space.all(), 0, false);
            after.look(0);
            before.write(before.key(0), 0, true);
            after.look(0);
            after.write(after.key(0), 0, true);
            before.look(0);
        }
    }

    @Test
    void nodes_atTheSameTime_seeWhatIsCurrent() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Node before = new Node(older);
                Node after = new Node(newer)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                Random random = new Random(thread);
                all.add(() -> before.work(random));
                all.add(() -> after.work(new Random(random.nextInt())));
            }
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
            assertThat(before.counters.of(Event.OUTDATED)).isPositive();
            assertThat(after.counters.of(Event.OUTDATED)).isPositive();
            assertThat(before.counters.of(Event.UNDECODABLE) + after.counters.of(Event.UNDECODABLE))
                    .isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}
