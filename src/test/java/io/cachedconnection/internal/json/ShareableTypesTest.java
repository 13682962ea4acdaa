package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.SharedValue;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.JsonValue;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShareableTypesTest {

    @SuppressWarnings("ImmutableEnumChecker") // one for all, whatever it does
    enum Counter {
        ONE {
            @Override
            int next() {
                return count.incrementAndGet();
            }
        };

        final AtomicInteger count = new AtomicInteger();

        abstract int next();
    }

    record Empty() {}

    record Plain(int count, String name, UUID id, Counter counter) {}

    record WithOptional(Optional<Plain> plain, OptionalInt count) {}

    record WithList(List<String> names) {}

    record WithSet(Set<UUID> ids) {}

    record WithMap(Map<String, Integer> counts) {}

    @SuppressWarnings("ArrayRecordComponent")
    record WithArray(String[] names) {}

    @SuppressWarnings("ArrayRecordComponent")
    record WithBytes(byte[] bytes) {}

    record WithDate(Date date) {}

    record WithObject(Object anything) {}

    record WithInterface(CharSequence text) {}

    record WithClass(Open open) {}

    record Deep(Optional<WithOptional> fine, Optional<WithBytes> bytes) {}

    record Chain(String name, Chain next) {}

    record ChainOfLists(ChainOfLists next, List<String> names) {}

    record Even(Odd odd) {}

    record Odd(Even even, UUID id) {}

    record BadEven(BadOdd odd) {}

    record BadOdd(BadEven even, Date date) {}

    record Box<T>(T value) {}

    record Pair<A, B>(A first, B second) {}

    record Boxes<T>(Box<T> box, Optional<T> other) {}

    record RawInside(@SuppressWarnings("rawtypes") Box box) {}

    record AnyInside(Box<?> box) {}

    record Growing<T>(T value, Optional<Growing<Optional<T>>> deeper) {}

    record Spoiling<T>(T value, Optional<Spoiling<List<T>>> deeper) {}

    record Numbers<T extends Number>(T number) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Arrays<T>(T[] values) {}

    sealed interface Shape permits Round {}

    record Round(int radius) implements Shape {}

    record WithSealed(Shape shape) {}

    static class Open {}

    static final class Final {
        final int count = 1;
    }

    @SharedValue
    record Names(List<String> names) {
        Names {
            names = List.copyOf(names);
        }
    }

    @SharedValue
    static class Said {}

    static class Heir extends Said {}

    @SharedValue
    interface SaidOfAll {}

    static class OneOfAll implements SaidOfAll {}

    @SharedValue
    static class Page<T> {}

    record WithSaid(Said said, Names names, Optional<SaidOfAll> all, Page<UUID> page) {}

    record WithHeir(Heir heir) {}

    static final class ListJson implements JsonbAdapter<Object, JsonValue> {
        @Override
        public JsonValue adaptToJson(Object value) {
            return JsonValue.NULL;
        }

        @Override
        public Object adaptFromJson(JsonValue json) {
            return new ArrayList<>();
        }
    }

    static final class TextJson implements JsonbAdapter<String, String> {
        @Override
        public String adaptToJson(String value) {
            return value;
        }

        @Override
        public String adaptFromJson(String json) {
            return json;
        }
    }

    record ConvertedBox<T>(@JsonbTypeAdapter(ListJson.class) T value) {}

    record ConvertedOptional(
            @JsonbTypeAdapter(ListJson.class) Optional<String> value) {}

    @JsonbTypeAdapter(ListJson.class)
    record Converted<T>(T value) {}

    record ConvertedText(@JsonbTypeAdapter(TextJson.class) String text) {}

    record RenamedBox<T>(@JsonbProperty("v") T value) {}

    static Stream<Type> shareable() {
        return Stream.of(
                boolean.class,
                byte.class,
                short.class,
                int.class,
                long.class,
                float.class,
                double.class,
                char.class,
                Boolean.class,
                Byte.class,
                Short.class,
                Integer.class,
                Long.class,
                Float.class,
                Double.class,
                Character.class,
                String.class,
                BigInteger.class,
                BigDecimal.class,
                UUID.class,
                URI.class,
                OptionalInt.class,
                OptionalLong.class,
                OptionalDouble.class,
                Instant.class,
                LocalDate.class,
                LocalTime.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                OffsetTime.class,
                ZonedDateTime.class,
                Duration.class,
                Period.class,
                Year.class,
                YearMonth.class,
                MonthDay.class,
                ZoneId.class,
                ZoneOffset.class,
                DayOfWeek.class,
                Counter.class,
                ConnectionStatus.class,
                Empty.class,
                Plain.class,
                Round.class,
                WithOptional.class,
                Chain.class,
                Even.class,
                Odd.class,
                new Types<Optional<String>>() {}.type(),
                new Types<Optional<? extends Plain>>() {}.type(),
                new Types<Optional<Optional<Plain>>>() {}.type(),
                new Types<Box<String>>() {}.type(),
                new Types<Pair<Plain, Box<UUID>>>() {}.type(),
                new Types<Boxes<BigDecimal>>() {}.type(),
                new Types<Growing<String>>() {}.type(),
                new Types<Numbers<Integer>>() {}.type(),
                new Types<RenamedBox<String>>() {}.type(),
                ConvertedText.class,
                Names.class,
                Said.class,
                SaidOfAll.class,
                WithSaid.class,
                new Types<Page<String>>() {}.type(),
                new Types<Box<Names>>() {}.type(),
                ProviderCredentials.class,
                ProviderConnection.class,
                new Types<Optional<ProviderConnection>>() {}.type());
    }

    static Stream<Type> unshareable() {
        return Stream.of(
                void.class,
                Object.class,
                Number.class,
                Enum.class,
                Record.class,
                CharSequence.class,
                Serializable.class,
                Date.class,
                Calendar.class,
                URL.class,
                StringBuilder.class,
                AtomicInteger.class,
                JsonValue.class,
                byte[].class,
                String[].class,
                Plain[].class,
                List.class,
                Optional.class,
                new Types<List<String>>() {}.type(),
                new Types<Set<UUID>>() {}.type(),
                new Types<Collection<Plain>>() {}.type(),
                new Types<Map<String, String>>() {}.type(),
                new Types<EnumSet<DayOfWeek>>() {}.type(),
                new Types<List<Plain>>() {}.type(),
                new Types<List<String>[]>() {}.type(),
                new Types<Optional<List<String>>>() {}.type(),
                new Types<Optional<byte[]>>() {}.type(),
                new Types<Optional<?>>() {}.type(),
                new Types<Optional<? super Plain>>() {}.type(),
                Optional.class.getTypeParameters()[0],
                WithList.class,
                WithSet.class,
                WithMap.class,
                WithArray.class,
                WithBytes.class,
                WithDate.class,
                WithObject.class,
                WithInterface.class,
                WithClass.class,
                Deep.class,
                ChainOfLists.class,
                BadEven.class,
                BadOdd.class,
                Box.class,
                Pair.class,
                Numbers.class,
                Box.class.getTypeParameters()[0],
                new Types<Box<?>>() {}.type(),
                new Types<Box<Object>>() {}.type(),
                new Types<Box<List<String>>>() {}.type(),
                new Types<Box<byte[]>>() {}.type(),
                new Types<Pair<String, WithBytes>>() {}.type(),
                new Types<Pair<Date, String>>() {}.type(),
                new Types<Boxes<Date>>() {}.type(),
                new Types<Spoiling<String>>() {}.type(),
                new Types<Arrays<String>>() {}.type(),
                RawInside.class,
                AnyInside.class,
                Shape.class,
                WithSealed.class,
                Open.class,
                Final.class,
                Heir.class,
                OneOfAll.class,
                WithHeir.class,
                Page.class,
                new Types<Page<Date>>() {}.type(),
                new Types<List<Names>>() {}.type(),
                new Types<Map<String, Names>>() {}.type(),
                new Types<ConvertedBox<String>>() {}.type(),
                new Types<Converted<String>>() {}.type(),
                ConvertedOptional.class);
    }

    @ParameterizedTest
    @MethodSource("shareable")
    void contains_typeOfValuesThatNeverChange_isTrue(Type type) {
        assertThat(ShareableTypes.contains(type)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("unshareable")
    void contains_typeOfValuesThatMayChange_isFalse(Type type) {
        assertThat(ShareableTypes.contains(type)).isFalse();
    }

    /** A type that was fine once must not make another look fine: each question is one of its own. */
    @Test
    void contains_askedForOneAndThenAnother_answersEachByItself() {
        assertThat(ShareableTypes.contains(new Types<Box<String>>() {}.type())).isTrue();
        assertThat(ShareableTypes.contains(new Types<Box<Date>>() {}.type())).isFalse();
        assertThat(ShareableTypes.contains(new Types<Pair<Box<String>, Box<Date>>>() {}.type()))
                .isFalse();
        assertThat(ShareableTypes.contains(new Types<Pair<Box<String>, Box<UUID>>>() {}.type()))
                .isTrue();
    }
}
