package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random values of random classes: what can be stored comes back as it was, by {@link FieldWalk}. With {@code -Dgraphs=1000000}
 * so many of them, with {@code -Dgraphs.seed} those of another run.
 */
@Tag("proof")
class RandomGraphsTest {

    private static final int GRAPHS = Integer.getInteger("graphs", 10_000);
    private static final long SEED = Long.getLong("graphs.seed", 16);
    private static final int OF_A_TYPE = GRAPHS > 100_000 ? 250 : 25;

    private int graphs;
    private int cached;
    private int compared; // not null and not empty

    @Test
    void codec_anyValueOfAnyClass_comesBackAsItWasOrNotAtAll(@TempDir Path folder) throws Exception {
        CompiledSources sources = new CompiledSources(folder);
        for (long family = 0; graphs < GRAPHS; family++) {
            Random random = new Random(SEED * 1_000_003 + family);
            Class<?> made = sources.made(new RandomClasses(random).source());
            List<Class<?>> classes = Arrays.stream(made.getDeclaredClasses())
                    .filter(type -> type.getSimpleName().startsWith("C") && !type.isEnum())
                    .toList();
            Provider provider = family % 4 == 3 ? Provider.JOHNZON : Provider.YASSON;
            try (JsonbCodecs codecs = provider.codecs()) {
                Class<?> roots = Class.forName("made.Made$Roots", true, made.getClassLoader());
                for (Field root : roots.getDeclaredFields()) {
                    check(provider + " family " + family, codecs, root.getGenericType(), random, classes);
                }
            }
        }
        System.out.printf(
                Locale.ROOT, "random graphs: %d, of which %.1f %% can be stored%n", graphs, 100.0 * cached / graphs);
        assertThat(compared).isGreaterThan(graphs / 10);
    }

    private void check(String where, JsonbCodecs codecs, Type type, Random random, List<Class<?>> classes)
            throws ReflectiveOperationException, UnreadableValueException {
        ValueCodec<Object> codec = codecs.of(type);
        for (int i = 0; i < OF_A_TYPE; i++, graphs++) {
            Object value = new RandomGraph(random, classes).of(type);
            byte[] payload;
            try {
                payload = codec.encode(value);
            } catch (UnreadableValueException e) {
                continue;
            }
            cached++;
            Object read = codec.decode(payload);
            compared += payload.length > 4 ? 1 : 0;
            assertThat(FieldWalk.difference(value, read))
                    .as("%s, %s", where, type)
                    .isEmpty();
        }
    }
}
