package io.cachedconnection.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every remote store does, the fake as the real ones. */
public abstract class RemoteStoreContract {

    protected static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CacheKey key = new CacheKey("contract", "contract:" + UUID.randomUUID());

    protected abstract RemoteStore store();

    /** Lets the store's time pass. */
    protected abstract void pass(Duration time);

    @Test
    void find_nothingPut_isNull() {
        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().contains(key, NANOS)).isFalse();
    }

    @Test
    void find_put_givesTheSameBytes() {
        byte[] payload = "zażółć \0 gęślą \r\n jaźń".getBytes(UTF_8);
        store().put(key, payload, LONG, NANOS);

        assertThat(store().find(key, NANOS)).isEqualTo(payload);
        assertThat(store().contains(key, NANOS)).isTrue();
    }

    @Test
    void find_emptyPayloadPut_isEmptyAndThere() {
        store().put(key, new byte[0], LONG, NANOS);

        assertThat(store().find(key, NANOS)).isEmpty();
        assertThat(store().contains(key, NANOS)).isTrue();
    }

    @Test
    void find_largePayloadPut_givesTheSameBytes() {
        byte[] payload = "x".repeat(3_000_000).getBytes(UTF_8);
        store().put(key, payload, LONG, NANOS);

        assertThat(store().find(key, NANOS)).isEqualTo(payload);
    }

    @Test
    void put_twice_keepsTheSecond() {
        store().put(key, new byte[] {1}, LONG, NANOS);
        store().put(key, new byte[] {2}, LONG, NANOS);

        assertThat(store().find(key, NANOS)).containsExactly(2);
    }

    @Test
    void put_thenChangedByTheCaller_keepsWhatWasPut() {
        byte[] payload = {1};
        store().put(key, payload, LONG, NANOS);
        payload[0] = 9;

        assertThat(store().find(key, NANOS)).containsExactly(1);
    }

    @Test
    void remove_put_saysYesOnce() {
        store().put(key, new byte[] {1}, LONG, NANOS);

        assertThat(store().remove(key, NANOS)).isTrue();
        assertThat(store().remove(key, NANOS)).isFalse();
        assertThat(store().find(key, NANOS)).isNull();
    }

    @Test
    void put_ttlOver_isGone() {
        store().put(key, new byte[] {1}, Duration.ofMillis(40), NANOS);
        pass(Duration.ofMillis(80));

        assertThat(store().find(key, NANOS)).isNull();
        assertThat(store().contains(key, NANOS)).isFalse();
        assertThat(store().remove(key, NANOS)).isFalse();
    }

    @Test
    void keys_differ_doNotMeet() {
        store().put(key, new byte[] {1}, LONG, NANOS);

        assertThat(store().find(new CacheKey("contract", key.text() + "x"), NANOS))
                .isNull();
    }
}
