package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.Mutator;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The direct codec beside JSON-B, with both providers, over random types and values: the same bytes, the same values, and what JSON-B
 * refuses is not written. With {@code -Ddirect.types=2000} so many types; {@code -Ddirect.seed} makes a run again.
 */
@Tag("proof")
class DirectDifferenceTest {

    private static final int TYPES = Integer.getInteger("direct.types", 100);
    private static final int VALUES = Integer.getInteger("direct.values", 50);
    private static final long SEED = Long.getLong("direct.seed", new Random().nextLong());
    private static final int OF_A_FAMILY = 20;

    private final List<String> differences = new ArrayList<>();
    private int directTypes;
    private int values;
    private int direct;
    private int byBoth;
    private int mutated;
    private int taken;
    private int stricter;

    @Test
    void codec_anyValueOfAnyType_isAsByJsonb(@TempDir Path folder) throws Exception {
        CompiledSources sources = new CompiledSources(folder);
        for (int family = 0; family < (TYPES + OF_A_FAMILY - 1) / OF_A_FAMILY; family++) {
            Random random = new Random(SEED + family);
            Class<?> made = sources.made(new RandomRecords(random).source(OF_A_FAMILY));
            Class<?> roots = Class.forName("made.Made$Roots", true, made.getClassLoader());
            try (JsonbCodecs yasson = Provider.YASSON.codecs();
                    JsonbCodecs johnzon = Provider.JOHNZON.codecs()) {
                for (Field root : roots.getDeclaredFields()) {
                    compare(root.getGenericType(), random, yasson, johnzon);
                }
            }
        }
        System.out.printf(
                "direct.seed=%d: %d of %d types are direct; of %d values %d are written directly, %d of them by Johnzon, too%n",
                SEED, directTypes, TYPES, values, direct, byBoth);
        assertThat(differences).as("-Ddirect.seed=" + SEED).isEmpty();
        assertThat(directTypes).isGreaterThan(TYPES / 2);
        assertThat(direct).isGreaterThan(values / 4);
        assertThat(byBoth).isGreaterThan(values / 20);
    }

    private void compare(Type type, Random random, JsonbCodecs yasson, JsonbCodecs johnzon) throws Exception {
        ValueCodec<Object> codec = yasson.of(type);
        if (!(codec instanceof DirectCodec<Object> directly)) {
            return;
        }
        directTypes++;
        for (int i = 0; i < VALUES; i++) {
            Object value = new RandomValues(random).of(type);
            values++;
            byte[] payload = value == null ? null : directly.directOrNull(value);
            if (payload == null) {
                continue;
            }
            direct++;
            String where = type.getTypeName() + " " + new String(payload, UTF_8);
            Object read = directly.decode(payload);
            note(where, "read by itself", FieldWalk.difference(value, read));
            compare(where, yasson.byJsonb(type), value, payload, read);
            ValueCodec<Object> ofJohnzon = johnzon.byJsonb(type);
            if (ofJohnzon.isUsable() && isWritten(ofJohnzon, value)) {
                byBoth++;
                compare("Johnzon, " + where, ofJohnzon, value, payload, read);
            }
        }
    }

    /** What lies in Redis may be anything: what the direct codec takes, JSON-B takes, and as the same. */
    @Test
    void decode_mutatedPayload_isReadAsByJsonbOrRefused(@TempDir Path folder) throws Exception {
        CompiledSources sources = new CompiledSources(folder);
        for (int family = 0; family < (TYPES + OF_A_FAMILY - 1) / OF_A_FAMILY; family++) {
            Random random = new Random(SEED + family);
            Class<?> made = sources.made(new RandomRecords(random).source(OF_A_FAMILY));
            Class<?> roots = Class.forName("made.Made$Roots", true, made.getClassLoader());
            try (JsonbCodecs yasson = Provider.YASSON.codecs()) {
                for (Field root : roots.getDeclaredFields()) {
                    mutate(root.getGenericType(), random, yasson);
                }
            }
        }
        System.out.printf(
                "direct.seed=%d: of %d mutated payloads %d are read, %d refused though JSON-B reads them%n",
                SEED, mutated, taken, stricter);
        assertThat(differences).as("-Ddirect.seed=" + SEED).isEmpty();
        assertThat(taken).isGreaterThan(mutated / 50);
        assertThat(stricter).isLessThan(mutated / 100);
    }

    private void mutate(Type type, Random random, JsonbCodecs yasson) throws Exception {
        ValueCodec<Object> codec = yasson.of(type);
        ValueCodec<Object> jsonb = yasson.byJsonb(type);
        if (!(codec instanceof DirectCodec<Object> directly)) {
            return;
        }
        Mutator mutator = new Mutator(new SplittableRandom(random.nextLong()));
        for (int i = 0; i < VALUES; i++) {
            Object value = new RandomValues(random).of(type);
            byte[] payload = value == null ? null : directly.directOrNull(value);
            for (int mutation = 0; payload != null && mutation < 4; mutation++) {
                byte[] bytes = mutator.mutated(payload, payload);
                mutated++;
                Object read;
                try {
                    read = directly.decode(bytes);
                } catch (UnreadableValueException e) {
                    if (isRead(jsonb, bytes)) {
                        stricter++;
                    }
                    continue;
                }
                taken++;
                String where = type.getTypeName() + " " + new String(bytes, UTF_8);
                try {
                    note(where, "read by JSON-B", FieldWalk.difference(jsonb.decode(bytes), read));
                } catch (UnreadableValueException e) {
                    note(where, e.kind(), "refused by JSON-B");
                }
            }
        }
    }

    private static boolean isRead(ValueCodec<Object> codec, byte[] payload) {
        try {
            codec.decode(payload);
            return true;
        } catch (UnreadableValueException e) {
            return false;
        }
    }

    private static boolean isWritten(ValueCodec<Object> codec, Object value) {
        try {
            codec.encode(value);
            return true;
        } catch (UnreadableValueException e) {
            return false;
        }
    }

    private void compare(String where, ValueCodec<Object> jsonb, Object value, byte[] payload, Object read) {
        try {
            byte[] expected = jsonb.encode(value);
            // Johnzon takes any method without parameters for a component.
            String written = new String(expected, UTF_8).replace("\"helper\":\"h\",", "");
            note(where, written, written.equals(new String(payload, UTF_8)) ? "" : "other bytes");
            note(where, "read by JSON-B", FieldWalk.difference(jsonb.decode(payload), read));
        } catch (UnreadableValueException e) {
            note(where, e.kind(), "refused by JSON-B");
        }
    }

    private void note(String where, String what, String difference) {
        if (!difference.isEmpty() && differences.size() < 20) {
            differences.add(difference + ": " + where + "\n  " + what);
        }
    }
}
