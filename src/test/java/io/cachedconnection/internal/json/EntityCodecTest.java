package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.JpaProvider;
import io.cachedconnection.testing.JpaProvider.Database;
import io.cachedconnection.testing.Shop.Country;
import io.cachedconnection.testing.Shop.Customer;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ReachableEntities as each provider of persistence makes them. */
class EntityCodecTest {

    private static final String JSON =
            "{\"id\":1,\"version\":5,\"addresses\":[{\"id\":10,\"version\":1,\"street\":\"A\"},"
                    + "{\"id\":11,\"version\":1,\"street\":\"B\"}],\"country\":{\"id\":1,\"version\":3,\"code\":\"PL\"},"
                    + "\"credit\":{\"amount\":12.50,\"until\":\"2026-03-01\"},\"email\":\"ada@example.org\","
                    + "\"labels\":{\"color\":\"red\"},\"phones\":[\"123\",\"456\"],\"tier\":\"BASIC\"}";

    private final JsonbCodecs codecs = new JsonbCodecs();

    @AfterEach
    void close() {
        codecs.close();
    }

    @ParameterizedTest
    @EnumSource
    void encode_foundOutsideATransaction_isTheSameWithEachProvider(JpaProvider provider) throws Exception {
        try (Database database = provider.database()) {
            database.add(1);
            Class<?> type = database.type(Customer.class);
            Object found = database.without(entities -> entities.find(type, 1L));

            String text = new String(codecs.of(type).encode(found), UTF_8);

            assertThat(text.replace("[\"456\",\"123\"]", "[\"123\",\"456\"]")).isEqualTo(JSON);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decode_mergedUnchanged_changesNothingInTheDatabase(JpaProvider provider) throws Exception {
        try (Database database = provider.database()) {
            database.add(1);
            List<String> before = database.rows();
            Object copy = copied(database, codecs.of(database.type(Customer.class)));

            database.inTransaction(entities -> entities.merge(copy));

            // Hibernate takes collections that are not its own for changed ones, and counts the version up.
            assertThat(database.rows().stream().map(row -> row.replace(", 6, ada@", ", 5, ada@")))
                    .isEqualTo(before)
                    .hasSize(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decode_changedAndMerged_changesThatAlone(JpaProvider provider) throws Exception {
        try (Database database = provider.database()) {
            database.add(1);
            List<String> before = database.rows();
            Class<?> type = database.type(Customer.class);
            Object copy = copied(database, codecs.of(type));
            type.getMethod("setEmail", String.class).invoke(copy, "eva@example.org");

            database.inTransaction(entities -> entities.merge(copy));

            assertThat(database.rows())
                    .hasSize(7)
                    .filteredOn(row -> !before.contains(row))
                    .singleElement()
                    .asString()
                    .contains("CUSTOMER", "eva@example.org", "BASIC", "12.50", "6");
        }
    }

    /** The codec beneath compares exactly, so it is to see none of the provider's collections. */
    @ParameterizedTest
    @EnumSource
    void encode_collectionsOfTheProvider_becomeThoseOfTheJdk(JpaProvider provider) throws Exception {
        try (Database database = provider.database()) {
            database.add(1);
            Class<?> type = database.type(Customer.class);
            Object found = database.without(entities -> entities.find(type, 1L));
            AtomicReference<Object> seen = new AtomicReference<>();

            new EntityCodec<>(new ValueCodec<Object>() {
                        @Override
                        public byte[] encode(Object value) {
                            seen.set(value);
                            return new byte[0];
                        }

                        @Override
                        public Object decode(byte[] payload) {
                            throw new IllegalStateException();
                        }
                    })
                    .encode(found);

            assertThat(seen.get()).isNotSameAs(found).isExactlyInstanceOf(type);
            assertThat(type.getMethod("getAddresses").invoke(seen.get()))
                    .isExactlyInstanceOf(ArrayList.class)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(2)
                    .doesNotContainNull();
            for (String getter : List.of("getPhones", "getLabels")) {
                assertThat(type.getMethod(getter).invoke(seen.get()).getClass().getName())
                        .startsWith("java.util.");
            }
        }
    }

    private Object copied(Database database, ValueCodec<Object> codec) throws UnreadableValueException {
        Class<?> type = database.type(Customer.class);
        Object found = database.without(entities -> entities.find(type, 1L));
        return codec.decode(codec.encode(found));
    }

    /** Of another class than what it stands for, or of the same without its content. */
    @ParameterizedTest
    @EnumSource(names = {"HIBERNATE", "HIBERNATE_ENHANCED"})
    void encode_referenceThatWasNotLoaded_isRefused(JpaProvider provider) {
        try (Database database = provider.database()) {
            database.add(1);
            Class<?> type = database.type(Country.class);
            Object reference = database.without(entities -> entities.getReference(type, 1L));

            assertThatThrownBy(() -> codecs.of(type).encode(reference)).isInstanceOf(UnreadableValueException.class);
        }
    }

    @Test
    void encode_loadedProxy_isRefused() {
        try (Database database = JpaProvider.HIBERNATE.database();
                EntityManager entities = database.open()) {
            database.add(1);
            Country proxy = entities.getReference(Country.class, 1L);

            assertThat(proxy.getCode()).isEqualTo("PL");
            assertThat(proxy.getClass()).isNotEqualTo(Country.class);
            assertThatThrownBy(() -> codecs.of(Country.class).encode(proxy)).hasMessageContaining("a proxy");
        }
    }
}
