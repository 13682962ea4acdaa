package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.core.StoreException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** One connection, and after which calls it may be used again. */
class WireTest {

    private static final CommandObject<?> COMMAND = new CommandObjects(RedisProtocol.RESP2).ping();

    /** A connection on which each call comes to the same. */
    private static final class FixedConnection extends Connection {

        private final Supplier<?> outcome;

        FixedConnection(Supplier<?> outcome) {
            this.outcome = outcome;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T executeCommand(CommandObject<T> command) {
            return (T) outcome.get();
        }
    }

    private static Wire wire(Supplier<?> outcome) {
        return new Wire(new FixedConnection(outcome), new Socket());
    }

    private static Wire breaking(Throwable reason) {
        return wire(() -> {
            if (reason instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) reason;
        });
    }

    private static void run(Wire wire) {
        wire.run(COMMAND, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void run_answered_staysUsable() {
        Wire wire = wire(() -> "PONG");
        run(wire);

        assertThat(wire.isUsable()).isTrue();
    }

    @Test
    void run_refused_staysUsable() {
        Wire wire = wire(() -> {
            throw new JedisDataException("ERR no");
        });

        assertThatThrownBy(() -> run(wire)).isInstanceOf(StoreException.class);
        assertThat(wire.isUsable()).isTrue();
    }

    static Stream<Throwable> ours() {
        return Stream.of(
                new JedisConnectionException("gone"),
                new ClassCastException(),
                new StackOverflowError(),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void run_brokenOff_isNotUsedAgain(Throwable reason) {
        Wire wire = breaking(reason);

        assertThatThrownBy(() -> run(wire)).isInstanceOf(StoreException.class);
        assertThat(wire.isUsable()).isFalse();
    }

    static Stream<Error> notOurs() {
        return Stream.of(new NoClassDefFoundError(), new InternalError(), new LinkageError());
    }

    @ParameterizedTest
    @MethodSource("notOurs")
    void run_brokenOffByTheJvm_isNotUsedAgainAndPassesItOn(Error reason) {
        Wire wire = breaking(reason);

        assertThatThrownBy(() -> run(wire)).isSameAs(reason);
        assertThat(wire.isUsable()).isFalse();
    }
}
