package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import io.cachedconnection.testing.Mutator;
import io.cachedconnection.testing.TypeConformance;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payloads damaged at random: each is refused, or is a value of the declared type through and through. */
public class MutationTest {

    private static final int MUTATIONS_PER_TYPE = 20_000;

    /** One that may lack something. */
    public record Leaflet(String title, Optional<Instant> read) {}

    // Large enough to reach every kind of member, small enough to be parsed fast.
    public record Book(UUID id, String title, int pages, List<UUID> copies, Instant read, Book sequel) {}

    private static final Book BOOK = new Book(
            new UUID(1, 2),
            "a \"b\" é",
            42,
            List.of(new UUID(3, 4), new UUID(5, 6)),
            Instant.EPOCH,
            new Book(new UUID(7, 8), "c", 1, List.of(), null, null));

    private static final ProviderConnection CONNECTION = WireFormatTest.active(
            "My pension", new ProviderCredentials(new byte[] {'a', 'b'}, CredentialType.OAUTH2, Instant.EPOCH));

    static final Map<Type, Object> VALUES = Map.of(
            new Types<List<Book>>() {}.type(),
            List.of(BOOK, BOOK),
            new Types<Map<String, List<UUID>>>() {}.type(),
            Map.of("k", List.of(new UUID(1, 2)), "l", List.of()),
            new Types<Map<Integer, Book>>() {}.type(),
            Map.of(1, BOOK),
            new Types<Set<DayOfWeek>>() {}.type(),
            Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
            ProviderConnection.class,
            CONNECTION,
            new Types<List<ProviderConnection>>() {}.type(),
            List.of(CONNECTION, CONNECTION),
            Book.class,
            BOOK,
            int.class,
            12345,
            ConnectionStatus.class,
            ConnectionStatus.ACTIVE,
            byte[].class,
            new byte[] {1, 2, 3, 4});

    @SuppressWarnings("this-escape") // provider() needs no state
    private final JsonbCodecs codecs = provider().codecs();

    Provider provider() {
        return Provider.YASSON;
    }

    Map<Type, Object> values() {
        Map<Type, Object> values = new HashMap<>(VALUES);
        values.put(
                new Types<List<Leaflet>>() {}.type(),
                List.of(new Leaflet("a", Optional.of(Instant.EPOCH)), new Leaflet("b", Optional.empty())));
        return values;
    }

    @Test
    void decode_mutatedPayloads_areRefusedOrOfTheType() throws Exception {
        long seed = new Random().nextLong();
        int read = 0;
        for (Map.Entry<Type, Object> each : values().entrySet()) {
            read += mutate(each.getKey(), each.getValue(), seed);
        }
        // Some mutations do no harm; if none got through, the check of the values would check nothing.
        assertThat(read).as("payloads read, seed " + seed).isPositive();
    }

    private int mutate(Type type, Object value, long seed) throws Exception {
        ValueCodec<Object> codec = codecs.of(type);
        byte[] payload = codec.encode(value);
        Mutator mutator = new Mutator(new SplittableRandom(seed));
        int read = 0;
        for (int i = 0; i < MUTATIONS_PER_TYPE; i++) {
            read += decodes(codec, type, mutator.mutated(payload, payload), seed) ? 1 : 0;
        }
        return read;
    }

    private static boolean decodes(ValueCodec<Object> codec, Type type, byte[] payload, long seed) {
        try {
            Object value = codec.decode(payload);
            assertThat(TypeConformance.conforms(type, value))
                    .as(() -> story(type, payload, seed))
                    .isTrue();
            return true;
        } catch (UnreadableValueException e) {
            return false;
        } catch (Exception | StackOverflowError e) {
            return fail(story(type, payload, seed), e);
        }
    }

    private static String story(Type type, byte[] payload, long seed) {
        return "seed " + seed + ", " + type.getTypeName() + " from " + new String(payload, UTF_8) + " "
                + Arrays.toString(payload);
    }
}
