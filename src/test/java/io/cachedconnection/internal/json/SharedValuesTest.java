package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CheckedCodec;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is called shareable, really written and read. Public, as are the types in it: Yasson asks for that. */
public class SharedValuesTest {

    private static final int RECORDS = 120;

    private final JsonbCodecs codecs = new JsonbCodecs();

    @AfterEach
    void close() {
        codecs.close();
    }

    public record Maybe<T>(Optional<T> content) {}

    public sealed interface Choice permits Yes {}

    public record Yes(int count) implements Choice {}

    public static class Open {}

    record Holder(int count, Object content) {}

    @ParameterizedTest
    @Tag("proof")
    @ValueSource(longs = {1, 2})
    void decode_ofShareableRecords_givesNothingThatCanBeChanged(long seed, @TempDir Path folder) throws Exception {
        List<Class<?>> records = MadeRecords.in(folder, new Random(seed), RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            Class<?> type = records.get(i);
            boolean fixed = i % 2 == 0;

            assertThat(ShareableTypes.contains(type))
                    .as("%s", Arrays.toString(type.getRecordComponents()))
                    .isEqualTo(fixed);
            if (fixed) {
                assertReadsFixed(type);
            }
        }
    }

    private void assertReadsFixed(Class<?> type) throws Exception {
        ValueCodec<Object> codec = codecs.of(type);
        Object value = new FixedValues().of(type);
        Object read = codec.decode(codec.encode(value));

        assertThat(codec.isShareable()).isTrue();
        assertThat(read).isEqualTo(value).isNotSameAs(value);
        assertThat(SharedGraph.changeable(read)).isNull();
    }

    @SuppressWarnings("JavaUtilDate")
    static List<Object> changeable() {
        return List.of(List.of(), Map.of(), new byte[0], new Date(0), new Object(), new Open(), new AtomicInteger());
    }

    /** The test above can find something. */
    @ParameterizedTest
    @MethodSource("changeable")
    void changeable_whereverItIs_isFound(Object value) {
        assertThat(SharedGraph.changeable(value)).isSameAs(value);
        assertThat(SharedGraph.changeable(new Holder(1, Optional.of(new Holder(2, value)))))
                .isSameAs(value);
    }

    @Test
    void isShareable_ofACheckedCodec_isThatOfTheCodec() {
        assertThat(new CheckedCodec<>("Books.find()", codecs.of(String.class), value -> true, System::nanoTime)
                        .isShareable())
                .isTrue();
        assertThat(new CheckedCodec<>("Books.find()", codecs.of(byte[].class), value -> true, System::nanoTime)
                        .isShareable())
                .isFalse();
    }

    /** What {@link io.cachedconnection.SharedValue} says of them is true. */
    @Test
    void credentials_thatWereRead_cannotBeChanged() throws Exception {
        ValueCodec<ProviderConnection> codec = codecs.of(ProviderConnection.class);
        Instant now = Instant.EPOCH;
        UUID id = new UUID(1, 2);
        ProviderConnection connection = ProviderConnection.pending(id, id, id, "slug", now)
                .activate(new ProviderCredentials(new byte[] {1, -2}, CredentialType.OAUTH2, now), now);
        ProviderConnection read = codec.decode(codec.encode(connection));

        Arrays.fill(read.credentials().encryptedData(), (byte) 0);

        assertThat(codec.isShareable()).isTrue();
        assertThat(read).isEqualTo(connection);
        assertThat(read.credentials().encryptedData()).containsExactly(1, -2);
    }

    /** And what else is in them, or will be some day, is either of a type that never changes or is such an array. */
    @Test
    void credentials_byTheirDeclaration_areFixed() {
        assertThat(Modifier.isFinal(ProviderCredentials.class.getModifiers())).isTrue();
        for (Field field : ProviderCredentials.class.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            assertThat(Modifier.isFinal(modifiers) && Modifier.isPrivate(modifiers))
                    .as(field.getName())
                    .isTrue();
            assertThat(field.getName().equals("encryptedData") || ShareableTypes.contains(field.getGenericType()))
                    .as(field.getName())
                    .isTrue();
        }
    }
}
