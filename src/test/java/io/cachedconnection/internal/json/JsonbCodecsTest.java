package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs.FirstValue;
import jakarta.json.bind.Jsonb;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonbCodecsTest {

    private int closed;

    @Test
    void close_providersThatFail_closesAll() {
        for (Exception failure : List.of(new IllegalStateException("x"), new IOException("x"))) {
            closed = 0;
            JsonbCodecs codecs = new JsonbCodecs(type -> failingWith(failure));
            List.of(String.class, Integer.class, Long.class).forEach(codecs::of);

            codecs.close();

            assertThat(closed).isEqualTo(3);
        }
    }

    @Test
    void warmUp_ofWhatMostValuesHave_writesAndReads() throws UnreadableValueException {
        List<String> texts = List.of("");
        FirstValue value = new FirstValue("", 0, true, BigDecimal.ZERO, new UUID(0, 0), Instant.EPOCH, texts);
        ValueCodec<FirstValue> codec = new JsonbCodecs().of(FirstValue.class);

        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void warmUp_providerThatFails_harmsNobody() {
        new JsonbCodecs(type -> failingWith(new IOException("x"))).warmUp();
    }

    @Test
    void close_interrupted_closesAllAndStaysInterrupted() {
        JsonbCodecs codecs = new JsonbCodecs(type -> failingWith(new InterruptedException()));
        List.of(String.class, Integer.class, Long.class).forEach(codecs::of);

        codecs.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).isEqualTo(3);
    }

    /** It can be closed only, and that fails. */
    private Jsonb failingWith(Exception failure) {
        return (Jsonb) Proxy.newProxyInstance(
                Jsonb.class.getClassLoader(), new Class<?>[] {Jsonb.class}, (self, method, arguments) -> {
                    closed++;
                    throw failure;
                });
    }
}
