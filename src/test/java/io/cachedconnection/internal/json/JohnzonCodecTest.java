package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for codecs holds with Johnzon, too; types that it does not read are refused. */
public class JohnzonCodecTest extends JsonbCodecTest {

    @Override
    Provider provider() {
        return Provider.JOHNZON;
    }

    static Stream<Arguments> values() {
        return portable();
    }

    @ParameterizedTest
    @MethodSource("ofYasson")
    void codec_ofATypeThatJohnzonDoesNotRead_refusesAll(Type type, Object value) throws Exception {
        byte[] ofYasson = Provider.YASSON.codecs().of(type).encode(value);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> codecs.of(type).encode(value)).isInstanceOf(UnreadableValueException.class);
            assertThatThrownBy(() -> codecs.of(type).decode(ofYasson))
                    .as(new String(ofYasson, UTF_8))
                    .isInstanceOf(UnreadableValueException.class);
        }
    }
}
