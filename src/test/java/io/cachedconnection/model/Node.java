package io.cachedconnection.model;

import static io.cachedconnection.model.Times.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.Transaction.Completion;
import io.cachedconnection.model.Writer.Kind;
import io.cachedconnection.testing.FakeTransactions;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.PartedStore;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;

/** A node with a real engine, and one thread that does there what a party of the model does, step by step. */
final class Node {

    private static final int UNCOMMITTED = -1;
    private static final ProtocolSettings PROTOCOL = new ProtocolSettings(
            Times.BUDGET,
            Times.LEASE,
            Times.FOR_EVER,
            Times.MAX_TRANSACTION_AGE,
            Duration.ZERO,
            Times.BUDGET,
            ProtocolSettings.OnFailure.FAIL,
            10);

    private final World world;
    private final Parts parts = new Parts();
    private final GatedStore store;
    private final FakeTransactions transactions;
    private final Engine engine;
    private final CacheBinding<Integer> binding = new CacheBinding<>(
            new Cache("model", Settings::cache, new CacheCounters()),
            new VersionCodec(),
            new Versions(),
            TtlChoice.exactly(Duration.ofHours(1)));
    private volatile boolean inTransaction;
    private volatile String choice = "";
    private volatile String answer = "";

    /** Entries as the model has them. */
    private static final class Versions implements EntryFormat {

        @Override
        public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
            return Times.entry(key, content[0]).payload();
        }

        @Override
        public byte[] unwrapped(EntryKey key, byte[] payload, int limit) {
            return new byte[] {(byte) Times.version(key, payload)};
        }
    }

    /** A node that shares a store and, with {@code world}, the clock and the database. */
    Node(String name, PartedStore shared, World world) {
        this.world = world;
        this.store = new GatedStore(shared, parts);
        this.transactions = new FakeTransactions(this::age);
        this.engine = new Engine(
                new Ports(
                        store,
                        Settings.nothingNear(),
                        new NotedEvents(),
                        transactions,
                        () -> 0,
                        () -> 0,
                        () -> name,
                        length -> again()),
                PROTOCOL);
    }

    /**
     * What a transaction's age is measured with. A lookup measures it just before it asks for the lease, and takes no lease
     * whose grant comes later than its budget allows, which is part of what it asks for: so here no time passes in between.
     */
    private long age() {
        if (inTransaction) {
            parts.part("acquire");
            store.letThrough();
        }
        return world.now();
    }

    void read(boolean transactional) {
        parts.start(() -> {
            if (transactional) {
                parts.part("snapshot");
                transactions.begin();
                inTransaction = true;
                store.note("of " + world.committed());
            }
            int snapshot = world.committed();
            try {
                answer = "version "
                        + engine.read(binding, world.key(), () -> load(transactional ? snapshot : -1))
                                .value();
            } catch (Exception e) {
                answer = "thrown";
            }
            if (transactional) {
                transactions.commit(() -> {}); // what it has loaded is stored now
            }
        });
    }

    private int load(int snapshot) {
        parts.part("load");
        if (choice.equals("throw")) {
            throw new IllegalStateException("on demand");
        }
        int version = snapshot < 0 ? world.committed() : snapshot;
        store.note("version " + version);
        return version;
    }

    /** A node that finds a lease taken asks again, or has waited long enough. */
    private boolean again() {
        parts.part("wait");
        store.note("");
        return choice.equals("acquire");
    }

    void write(Kind kind) {
        byte[] result = {UNCOMMITTED};
        parts.start(() -> {
            if (kind == Kind.PUTS || kind == Kind.PUTS_WHAT_IT_READ) {
                parts.part("snapshot");
                result[0] = kind == Kind.PUTS ? result[0] : (byte) world.committed();
                store.note("of " + world.committed());
            }
            FakeTransactions.One transaction = transactions.begin();
            work(kind, result);
            Completion completion = (Completion) transaction.attachment();
            if (kind == Kind.WRITES_ELSEWHERE) {
                parts.part("commit");
                store.note("version " + world.committed());
                completion.afterCompletion(Outcome.ROLLED_BACK);
                return;
            }
            completion.beforeCommit();
            parts.part("commit");
            boolean commits = choice.equals("commit");
            result[0] = kind == Kind.PUTS_WHAT_IT_READ ? result[0] : (byte) world.committed();
            store.note(commits ? "version " + world.committed() : "");
            completion.afterCompletion(commits ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
        });
    }

    private void work(Kind kind, byte[] result) {
        List<Target> targets = List.of(
                switch (kind) {
                    case EVICTS_ALL -> SPACE;
                    case EVICTS_TAG -> Times.TAG;
                    case EVICTS_CACHE -> Times.OF_CACHE;
                    default -> world.key();
                });
        try {
            engine.write(targets, changes -> {
                if (kind == Kind.PUTS || kind == Kind.PUTS_WHAT_IT_READ) {
                    changes.replace(world.key(), () -> new EncodedValue(result, Times.entry(world.key(), result[0])));
                }
                return null;
            });
            // Sees its own write, and asks the store nothing.
            assertThat(engine.read(binding, world.key(), () -> UNCOMMITTED).value())
                    .isEqualTo(UNCOMMITTED);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes a step of the model, after the model has; the text is what came of it. */
    String take(String step) {
        choice = step;
        switch (step) {
            case "throw" -> {
                through("load");
                through("release");
            }
            case "give-up" -> through("wait");
            case "rollback" -> through("commit");
            case "late" -> store.note("version " + world.committed());
            case "acquire" -> {
                if (parts.at().equals("wait")) {
                    through("wait");
                }
                through("acquire");
            }
            default -> through(parts.at().equals("end") && step.equals("end-with") ? "end" : step);
        }
        return store.result();
    }

    private void through(String part) {
        assertThat(parts.at()).isEqualTo(part);
        parts.next();
    }

    /** What its lookup came to; empty if it is not over. */
    String answer() {
        return answer;
    }

    void crash() {
        parts.crash();
    }
}
