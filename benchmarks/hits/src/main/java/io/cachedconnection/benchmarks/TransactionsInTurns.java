package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a transaction that evicts many keys costs beside one that evicts a single key: both in one JVM, turn by turn, by one
 * thread, without a container and without a database. Prints the medians of the turns and of the ratios of neighbours.
 */
public final class TransactionsInTurns {

    private static final List<Integer> KEYS = List.of(10, 100, 1000);
    private static final int WARM_UP = 12;
    private static final int TURNS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(10); // a busy machine makes no call fail
    private static final KeySpace SPACE = KeySpace.of("transactions", "benchmark");

    private final List<EntryKey> keys =
            IntStream.range(0, 1000).mapToObj(i -> SPACE.key("key-" + i)).toList();
    private final Engine engine;
    private One current;

    private TransactionsInTurns(JedisStore store, EngineLog log) {
        NearCaches near = new NearCaches(new CaffeineStores(), log, System::nanoTime);
        engine = new Engine(
                new Ports(
                        store,
                        near,
                        log,
                        () -> current,
                        System::nanoTime,
                        () -> 0,
                        new Tokens()::next,
                        Sleeper.sleeping()),
                ProtocolSettings.defaults());
    }

    /** The argument is the number of turns of each side; without one there are forty. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            URI uri = URI.create(redis.uri());
            Endpoint endpoint = new Endpoint.ServerEndpoint(new HostPort(uri.getHost(), uri.getPort()));
            RedisSettings settings = new RedisSettings(
                    endpoint,
                    new ConnectionSettings(Credentials.NONE, null, 0, null),
                    new PoolSettings(PATIENCE, PATIENCE, 2),
                    new CircuitBreakerSettings(5, PATIENCE));
            try (JedisStore store =
                    new JedisStore(settings, ProtocolSettings.defaults().maxTransactionAge())) {
                TransactionsInTurns benchmark =
                        new TransactionsInTurns(store, new EngineLog(uri.getAuthority(), System::nanoTime));
                System.out.println("| keys | one key, µs | all of them, µs | ratio |\n|--:|--:|--:|--:|");
                for (int number : KEYS) {
                    System.out.print(benchmark.row(number, turns));
                }
            }
        }
    }

    private String row(int number, int turns) throws Exception {
        Turns single = new Turns(() -> write(1), 1);
        Turns many = new Turns(() -> write(number), 1);
        List<Double> ofOne = new ArrayList<>();
        List<Double> ofAll = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            double one = single.cost().nanos() / 1000;
            double all = many.cost().nanos() / 1000;
            if (turn >= 0) {
                ofOne.add(one);
                ofAll.add(all);
                ratios.add(all / one);
            }
        }
        return "| " + number + " | " + Spread.quartiles(ofOne).text(0) + " | "
                + Spread.quartiles(ofAll).text(0) + " | "
                + Spread.quartiles(ratios).text(1) + " |\n";
    }

    private void write(int number) {
        One transaction = new One();
        current = transaction;
        try {
            Object done = engine.write(List.copyOf(keys.subList(0, number)), changes -> "");
            if (done == null) {
                throw new IllegalStateException("The work was not done.");
            }
        } catch (Exception e) {
            throw new IllegalStateException("The write failed.", e);
        }
        transaction.commit();
    }

    /** A transaction that does nothing but tell of its commit. */
    private final class One implements Transaction {

        private final long begun = System.nanoTime();
        private Completion completion;

        @Override
        public boolean isCurrent() {
            return current == this;
        }

        @Override
        public boolean isRollbackOnly() {
            return false;
        }

        @Override
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        @Override
        public Object attachment() {
            return completion;
        }

        @Override
        public void attach(Completion attached) {
            completion = attached;
        }

        void commit() {
            completion.beforeCommit();
            current = null;
            completion.afterCompletion(Outcome.COMMITTED);
        }
    }
}
