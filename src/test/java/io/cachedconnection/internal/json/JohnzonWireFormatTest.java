package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import org.junit.jupiter.api.Test;

/** The same with Johnzon, which reads no Optional of a record. */
public class JohnzonWireFormatTest extends WireFormatTest {

    @Override
    Provider provider() {
        return Provider.JOHNZON;
    }

    @Test
    @Override
    void codec_connectionInAnOptional_usesTheWireFormat() {
        assertThatThrownBy(() -> codecs.of(Perhaps.class).decode("{\"connection\":null}".getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class);
    }
}
