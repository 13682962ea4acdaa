package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What takes values from Redis takes them all or some, and leaves the fences as they are. */
class OperatorTest {

    private static final int VALUES = 20;
    private static final String LISTEN = """
            HELLO 3
            CLIENT TRACKING ON BCAST PREFIX history:hot:
            SUBSCRIBE __redis__:invalidate
            """;

    @Test
    void flush_takesValuesOnly() {
        assertThat(leftAfter(Operator::flush)).isZero();
    }

    @Test
    void evict_takesValuesOnly() {
        assertThat(leftAfter(Operator::evict)).isLessThan(VALUES);
    }

    @Test
    void delete_takesValuesOnly() {
        assertThat(leftAfter(Operator::delete)).isZero();
    }

    /** How many values are left; fails if the fence is not as before. */
    private static int leftAfter(IntConsumer operation) {
        try (RedisServer redis = RedisServer.started(RedisServer.EMBEDDED)) {
            for (int i = 0; i < VALUES; i++) {
                LoopbackPorts.ask(redis.port(), "SET history:hot:row" + i + " value PX 60000");
            }
            LoopbackPorts.ask(
                    redis.port(),
                    "HSET {history:hot:row1}:fence lease a",
                    "PEXPIRE {history:hot:row1}:fence 60000",
                    "HSET {history:hot}:fence evicted 1"); // and one that lives for ever

            operation.accept(redis.port());

            assertThat(LoopbackPorts.ask(redis.port(), "HLEN {history:hot:row1}:fence", "TTL {history:hot}:fence"))
                    .isEqualTo(List.of(":1", ":-1"));
            assertThat(number(redis.port(), "PTTL {history:hot:row1}:fence")).isBetween(1, 60000);
            return number(redis.port(), "DBSIZE") - 2;
        }
    }

    private static int number(int port, String command) {
        return Integer.parseInt(LoopbackPorts.ask(port, command).get(0).substring(1));
    }

    @Test
    void overflowFeeds_oneDoesNotRead_isCutOff() throws IOException {
        try (RedisServer redis = RedisServer.started(RedisServer.EMBEDDED);
                Link link = new Link(redis.port());
                Socket feed = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            feed.getOutputStream().write(LISTEN.getBytes(US_ASCII));
            while (subscribers(redis) == 0) {
                Thread.onSpinWait();
            }
            link.cutFeeds();

            Operator.overflowFeeds(redis.port());

            assertThat(subscribers(redis)).isZero();
        }
    }

    private static int subscribers(RedisServer redis) {
        return number(redis.port(), "EVAL \"return redis.call('PUBSUB', 'NUMSUB', '__redis__:invalidate')[2]\" 0");
    }
}
