package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.time.Duration;
import java.util.Random;

/**
 * The store, on which each thread writes a row of its own and looks at all: step by step, as the engine would. It may only
 * throw {@link StoreException}. A write has returned when its end was done, as often as that had to be tried.
 */
final class FuzzedStore implements Fuzzed {

    private static final Duration LEASE = Duration.ofSeconds(1);

    private final JedisStore store;
    private final Ledger ledger;
    private final Stamped.Codec codec = new Stamped.Codec();
    private final Tokens tokens = new Tokens();

    FuzzedStore(RedisSettings settings, Ledger ledger) {
        this.store = new JedisStore(settings, Duration.ofSeconds(2));
        this.ledger = ledger;
    }

    @Override
    public void step(int number, Random random) {
        int key = random.nextInt(Ledger.KEYS);
        succeeds(() -> {
            switch (random.nextInt(20)) {
                case 0 -> write(number % Ledger.KEYS, random.nextBoolean());
                case 1 -> store.contains(Fuzzed.key(key), NANOS);
                case 2 -> store.remove(Fuzzed.key(key), NANOS);
                case 3 -> store.evict(Fuzzed.key(key), NANOS);
                default -> look(key);
            }
        });
    }

    private static boolean succeeds(Runnable step) {
        try {
            step.run();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private void look(int key) {
        long floor = ledger.floor(key);
        byte[] payload = store.find(Fuzzed.key(key), NANOS);
        if (payload == null) {
            payload = filled(key).payload();
        }
        if (payload != null) {
            judge(key, floor, payload);
        }
    }

    private LeaseResult filled(int key) {
        String token = tokens.next();
        LeaseResult lease = store.acquire(
                Fuzzed.key(key), new LeaseRequest(token, Duration.ZERO, LEASE, Duration.ofHours(1)), NANOS);
        if (lease.verdict() == Verdict.LEASED) {
            store.fill(Fuzzed.key(key), token, entry(ledger.load(key)), NANOS);
        }
        return lease;
    }

    private void judge(int key, long floor, byte[] payload) {
        try {
            ledger.saw(key, floor, codec.decode(payload));
        } catch (UnreadableValueException e) {
            ledger.sawNothing();
            store.remove(Fuzzed.key(key), NANOS);
        }
    }

    private StoredEntry entry(Stamped row) {
        return new StoredEntry(codec.encode(row), Duration.ofMinutes(1));
    }

    private void write(int key, boolean puts) {
        String write = tokens.next();
        succeeds(() -> store.begin(Fuzzed.key(key), write, NANOS));
        Stamped row = ledger.commit(key);
        boolean ended = false;
        while (!ended) {
            ended = succeeds(() -> end(write, row, puts));
        }
        ledger.returned(row);
    }

    private void end(String write, Stamped row, boolean puts) {
        if (puts) {
            store.endWith(Fuzzed.key(row.key()), write, Duration.ZERO, entry(row), NANOS);
        } else {
            store.end(Fuzzed.key(row.key()), write, Outcome.COMMITTED, NANOS);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
