package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.ScannedLog;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What JSON-B writes and cannot read. Public, as are the types in it: Yasson asks for that. */
public class RoundTripCheckTest {

    /** A class that JSON-B cannot make. */
    public static final class Sealed {
        private final String name;

        public Sealed(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }

    /** One that cannot be made from what it holds by itself. */
    public record Positive(int count) {
        public Positive {
            made++;
            if (count < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    /** One with a component that is its type variable. */
    public record Box<T>(T value) {}

    /** A class whose static initializer fails. */
    public static class Broken {
        static final int COUNT = Integer.parseInt("none");

        private String name;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    /** Another one, which no other test touches. */
    static final class AlsoBroken {
        static final int COUNT = Integer.parseInt("none");

        private AlsoBroken() {}
    }

    /** A class that needs a broken one to be written. */
    @JsonbTypeSerializer(LeaningJson.class)
    public static class Leaning {}

    /** Its JSON. */
    public static class LeaningJson implements JsonbSerializer<Leaning> {
        @Override
        public void serialize(Leaning value, JsonGenerator json, SerializationContext context) {
            json.write(AlsoBroken.COUNT);
        }
    }

    /** A class that keeps only what it was made with: nothing in its declaration says so. */
    public static class Forgetful {
        private List<String> names = List.of();

        public List<String> getNames() {
            return names;
        }

        public void setNames(List<String> names) {
            List<String> reversed = new ArrayList<>(names);
            Collections.reverse(reversed);
            this.names = reversed;
        }
    }

    /** A class that can be written once. */
    public static class Once {
        private int count;

        public int getCount() {
            if (count < 0) {
                throw new IllegalStateException("made from JSON");
            }
            return count;
        }

        public void setCount(int count) {
            this.count = -count;
        }
    }

    private static int made;

    @SuppressWarnings("this-escape") // provider() needs no state
    private final JsonbCodecs codecs = provider().codecs();

    Provider provider() {
        return Provider.YASSON;
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(Sealed.class, new Sealed("a")),
                Arguments.of(OptionalInt.class, OptionalInt.empty()),
                Arguments.of(new Types<Box<UUID>>() {}.type(), new Box<>(new UUID(1, 2))),
                Arguments.of(new Types<List<Sealed>>() {}.type(), List.of(new Sealed("a"))),
                Arguments.of(
                        new Types<EnumMap<DayOfWeek, String>>() {}.type(),
                        new EnumMap<>(Map.of(DayOfWeek.MONDAY, "a"))));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void encode_whatCannotBeReadBack_isRefusedEachTime(Type type, Object value) {
        ValueCodec<Object> codec = codecs.of(type);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> codec.encode(value))
                    .isInstanceOf(UnreadableValueException.class)
                    .satisfies(ScannedLog::thrown)
                    .hasMessageStartingWith("written, but cannot be read back: ");
        }
    }

    @Test
    void encode_readBackAsSomethingElse_isRefusedUntilOneIsTheSame() throws Exception {
        ValueCodec<Forgetful> codec = codecs.of(Forgetful.class);
        Forgetful value = new Forgetful();
        value.setNames(List.of("a", "b"));

        assertThatThrownBy(() -> codec.encode(value))
                .hasMessageStartingWith("written, but read back as something else: ");

        value.setNames(List.of("a"));
        assertThat(codec.encode(value)).asString(UTF_8).isEqualTo("{\"names\":[\"a\"]}");
    }

    @Test
    void encode_doubtfulType_isReadBackEachTime() throws Exception {
        ValueCodec<TypeWarningsTest.WithFinal> codec = codecs.of(TypeWarningsTest.WithFinal.class);

        for (int i = 0; i < 2; i++) {
            assertThat(codec.encode(new TypeWarningsTest.WithFinal()))
                    .asString(UTF_8)
                    .contains("0");
            assertThatThrownBy(() -> codec.encode(new TypeWarningsTest.WithFinal(7)))
                    .hasMessageStartingWith("written, but read back as something else: ");
        }
    }

    @Test
    void encode_readBackButNotToBeWritten_isRefused() {
        Once value = new Once();
        value.setCount(-1);

        assertThatThrownBy(() -> codecs.of(Once.class).encode(value))
                .hasMessageStartingWith("written, but read back as something else: ");
    }

    @Test
    void encode_setInAnOrderOfItsOwn_comesBackInIt() throws Exception {
        ValueCodec<Set<String>> codec = codecs.of(new Types<Set<String>>() {}.type());
        Set<String> value = new LinkedHashSet<>(List.of("z", "y", "x", "c", "b", "a"));

        assertThat(codec.decode(codec.encode(value))).containsExactlyElementsOf(value);
    }

    @Test
    void encode_afterAnEmptyList_stillReadsBack() throws Exception {
        ValueCodec<List<Sealed>> all = codecs.of(new Types<List<Sealed>>() {}.type());

        assertThat(all.encode(null)).asString(UTF_8).isEqualTo("null");
        assertThat(all.encode(List.of())).asString(UTF_8).isEqualTo("[]");
        assertThatThrownBy(() -> all.encode(List.of(new Sealed("a"))))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void encode_writtenAsNull_isRefusedThoughOthersCanBeRead() throws Exception {
        ValueCodec<OptionalInt> codec = codecs.of(OptionalInt.class);

        assertThat(codec.decode(codec.encode(OptionalInt.of(300)))).hasValue(300);
        assertThatThrownBy(() -> codec.encode(OptionalInt.empty()))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void encode_eachValue_isReadBack() throws Exception {
        ValueCodec<Positive> codec = codecs.of(Positive.class);
        Positive value = new Positive(1);
        made = 0;

        codec.encode(value);
        assertThat(made).isEqualTo(1);

        codec.encode(value);
        assertThat(made).isEqualTo(2);
    }

    @Test
    void decode_laterValueThatCannotBeRead_isRefused() throws Exception {
        ValueCodec<Positive> codec = codecs.of(Positive.class);
        codec.encode(new Positive(1));

        assertThatThrownBy(() -> codec.decode("{\"count\":-1}".getBytes(UTF_8)))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
        assertThat(codec.decode(codec.encode(new Positive(2)))).isEqualTo(new Positive(2));
    }

    @Test
    void decode_failingStaticInitializer_isRefusedFirstAndLater() {
        byte[] payload = "{\"name\":\"a\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> codecs.of(Broken.class).decode(payload))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
        assertThatThrownBy(() -> codecs.of(Broken.class).decode(payload))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void encode_failingStaticInitializer_isRefusedFirstAndLater() {
        ValueCodec<Leaning> codec = codecs.of(Leaning.class);

        assertThatThrownBy(() -> codec.encode(new Leaning()))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
        assertThatThrownBy(() -> codec.encode(new Leaning()))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }
}
