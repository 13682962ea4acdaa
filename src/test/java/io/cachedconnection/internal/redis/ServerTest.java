package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a server counts as left alone. */
class ServerTest {

    private static final int MORE_THAN_IT_BEARS = 7;

    private final StoreExecutors executors = new StoreExecutors();
    private final Server server = new Server(
            Settings.redis(URI.create("redis://127.0.0.1:1"), Duration.ofSeconds(5)),
            "",
            new HostPort("127.0.0.1", 1),
            () -> {
                throw new StoreException(Reason.CONNECTION, "on demand");
            },
            executors,
            new TrustedServers(executors, ServerEvents.NONE, "", false),
            Tracing.NONE);

    @AfterEach
    void close() {
        server.close();
        executors.close();
    }

    private void fail() {
        byte[] key = {1};
        for (int i = 0; i < MORE_THAN_IT_BEARS; i++) {
            assertThat(catchThrowable(() ->
                            server.call(Request.of(key, ReplyParser::bytes, Command.of("GET", key)), 1_000_000_000)))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void close_leftAlone_isNobodysConcernAnyMore() {
        fail();
        assertThat(executors.leftAlone()).hasSize(1);
        server.close();

        assertThat(executors.leftAlone()).isEmpty();
    }

    @Test
    void call_failsAfterTheServerWasParted_saysNothingAboutIt() {
        server.close();
        fail();

        assertThat(server.isAnswering(Request.Purpose.LOOKUP)).isTrue();
        assertThat(executors.leftAlone()).isEmpty();
    }
}
