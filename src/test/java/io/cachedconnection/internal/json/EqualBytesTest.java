package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two loads of one value may differ in, and what they may not. */
class EqualBytesTest {

    /** With a list, whose order matters, and a set, whose order does not. */
    public record Shelf(List<Integer> books, Set<String> topics) {}

    private final JsonbCodecs codecs = new JsonbCodecs();

    @AfterEach
    void close() {
        codecs.close();
    }

    private static boolean areSame(ValueCodec<Shelf> codec, String one, String other) throws UnreadableValueException {
        return codec.areSame(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private void assertThatOnlyOrderMayDiffer(ValueCodec<Shelf> codec) throws UnreadableValueException {
        String text = "{\"books\":[1,2],\"topics\":[\"a\",\"b\"]}";
        assertThat(areSame(codec, text, text)).isTrue();
        assertThat(areSame(codec, text, "{\"topics\":[\"b\",\"a\"],\"books\":[1,2]}"))
                .isTrue();
        assertThat(areSame(codec, text, "{\"books\":[2,1],\"topics\":[\"a\",\"b\"]}"))
                .isFalse();
        assertThat(areSame(codec, text, "{\"books\":[1,2],\"topics\":[\"a\"]}")).isFalse();
        assertThat(areSame(codec, text, "null")).isFalse();
    }

    @Test
    void areSame_byTheDirectCodec_onlyOrderMayDiffer() throws UnreadableValueException {
        assertThatOnlyOrderMayDiffer(codecs.of(Shelf.class));
    }

    @Test
    void areSame_byJsonb_onlyOrderMayDiffer() throws UnreadableValueException {
        assertThatOnlyOrderMayDiffer(codecs.byJsonb(Shelf.class));
    }

    @Test
    void areSame_ofEntities_onlyOrderMayDiffer() throws UnreadableValueException {
        assertThatOnlyOrderMayDiffer(new EntityCodec<>(codecs.byJsonb(Shelf.class)));
    }
}
