package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.beans.ConstructorProperties;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Year;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Public, as are most of the types in it: Yasson asks for that. */
public class TypeWarningsTest {

    public interface Figure {}

    public abstract static class Open {
        public int count;
    }

    public record WithFigure(Figure figure) {}

    public record Circle(int radius) implements Figure {}

    public static class OfOpen {
        public Optional<Open> open = Optional.of(new Door());
    }

    public static class Door extends Open {
        public int width = 3;
    }

    public static class NoConstructor {
        private int count;

        public NoConstructor(int count) {
            this.count = count;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    public static class Hidden {
        public int count = 1;

        private Hidden() {}

        static Hidden one() {
            return new Hidden();
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    public class Inner {
        public int count = 1;
    }

    record NotPublic(int count) {}

    static class AlsoNotPublic {
        public int count = 1;

        public AlsoNotPublic() {}
    }

    /** As entities often are. */
    public static class Customer {
        private Long id;
        private String name = "Ada";

        static Customer of(Long id) {
            Customer customer = new Customer();
            customer.id = id;
            return customer;
        }

        public Long getId() {
            return id;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    public record Order(Map<String, List<Customer>> customers) {}

    public static class Heir extends Customer {}

    public static class WithFinal {
        public final int count;

        public WithFinal() {
            this(0);
        }

        WithFinal(int count) {
            this.count = count;
        }
    }

    public static class HalfCreated {
        private final int count;
        private final int more;

        HalfCreated(int count, int more) {
            this.count = count;
            this.more = more;
        }

        @JsonbCreator
        public static HalfCreated of(@JsonbProperty("count") int count) {
            return new HalfCreated(count, 0);
        }

        public int getCount() {
            return count;
        }

        public int getMore() {
            return more;
        }
    }

    public record Anything(Object value) {}

    public record Wild(List<?> values) {}

    @SuppressWarnings("rawtypes")
    public record Raw(Map values) {}

    public record Box<T>(T value) {}

    public record Texts(CharSequence text) {}

    public record Places(Locale locale, Currency currency, Year since) {}

    public record Event(Date at) {}

    public record Hours(EnumMap<DayOfWeek, Integer> opening, EnumMap<DayOfWeek, String> closing) {}

    /** As Lombok makes it. */
    public static class Listed {
        private final Long id;
        private final String name;

        @ConstructorProperties({"id", "name"})
        public Listed(Long id, String name) {
            this.id = id;
            this.name = name;
        }

        public Long getId() {
            return id;
        }

        public String getName() {
            return name;
        }
    }

    public record Several(String name, int count) {
        public Several(String name) {
            this(name, 1);
        }
    }

    static Stream<Arguments> doubtful() {
        return Stream.of(
                Arguments.of(
                        Several.class,
                        new Several("a"),
                        "Several has several constructors, and none is a @JsonbCreator"),
                Arguments.of(WithFigure.class, new WithFigure(new Circle(1)), "Figure is an interface"),
                Arguments.of(OfOpen.class, new OfOpen(), "Open is abstract"),
                Arguments.of(
                        NoConstructor.class,
                        new NoConstructor(1),
                        "NoConstructor has no constructor without parameters"),
                Arguments.of(Hidden.class, Hidden.one(), "Hidden has no constructor without parameters"),
                Arguments.of(Inner.class, new TypeWarningsTest().new Inner(), "Inner is an inner class"),
                Arguments.of(NotPublic.class, new NotPublic(1), "NotPublic is not public"),
                Arguments.of(AlsoNotPublic.class, new AlsoNotPublic(), "AlsoNotPublic is not public"),
                Arguments.of(WithFinal.class, new WithFinal(1), "WithFinal.count is written, but cannot be set"),
                Arguments.of(
                        HalfCreated.class, new HalfCreated(1, 2), "HalfCreated.more is written, but cannot be set"),
                Arguments.of(new Types<Box<Integer>>() {}.type(), new Box<>(1), "Box.value is a type variable"),
                Arguments.of(
                        new Types<List<String>[]>() {}.type(),
                        new List<?>[] {List.of("a")},
                        "the value is an array of a generic type"),
                Arguments.of(Texts.class, new Texts("a"), "Texts.text holds a CharSequence"),
                Arguments.of(
                        Event.class,
                        new Event(new Timestamp(1)),
                        "Event.at is a java.util.Date, and a java.sql.Timestamp in it, as persistence sets it, comes back"
                                + " as a java.util.Date"),
                Arguments.of(
                        new Types<List<EnumMap<DayOfWeek, String>>>() {}.type(),
                        List.of(new EnumMap<>(Map.of(DayOfWeek.MONDAY, "a"))),
                        "the value holds a EnumMap"));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void of_typeThatMayNotSurvive_saysWhy(Type type, Object value, String reason) {
        assertThat(TypeWarnings.of(type)).containsExactly(reason);
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void encode_valueThatDoesNotSurvive_isRefused(Type type, Object value, String reason) {
        ValueCodec<Object> codec = new JsonbCodecs().of(type);

        assertThatThrownBy(() -> codec.encode(value)).isInstanceOf(UnreadableValueException.class);
    }

    /** Whose JSON comes back as the same, but may not be of the same classes. */
    @Test
    void of_typeThatSaysNothing_saysWhy() {
        assertThat(TypeWarnings.of(Anything.class)).containsExactly("Anything.value may be anything");
        assertThat(TypeWarnings.of(Wild.class)).containsExactly("Wild.values may be anything");
        assertThat(TypeWarnings.of(Raw.class)).containsExactly("Raw.values is a raw Map");
        assertThat(TypeWarnings.of(Object.class)).containsExactly("the value may be anything");
    }

    @Test
    void of_eachOfSeveral_saysAll() {
        assertThat(TypeWarnings.of(Hours.class))
                .containsExactly("Hours.opening holds a EnumMap", "Hours.closing holds a EnumMap");
    }

    /** What has a getter only is lost, or never was anything but worked out. */
    public static class Sound {
        private int count;
        private String secret;
        private final String name;
        public transient Object anything;

        @JsonbTransient
        private Figure figure;

        protected Sound(String name) {
            this.name = name;
        }

        @JsonbCreator
        public static Sound of(@JsonbProperty("called") String name) {
            return new Sound(name);
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public boolean isMany() {
            return count > 1;
        }

        @JsonbProperty("called")
        public String getName() {
            return name;
        }

        public Figure getFigure() {
            return figure;
        }
    }

    @JsonbTypeInfo(@JsonbSubtype(alias = "dog", type = Dog.class))
    public interface Animal {}

    public record Dog(String name, DayOfWeek washed) implements Animal {}

    /** A protected constructor is enough. */
    public static class Protected {
        public int count;

        protected Protected() {}
    }

    static Stream<Type> sound() {
        Stream<Type> here = Stream.of(
                ProviderConnection.class,
                Sound.class,
                Animal.class,
                Protected.class,
                Customer.class,
                Heir.class,
                Order.class,
                Listed.class,
                Places.class,
                new Types<Map<String, List<? extends Animal>>>() {}.type(),
                new Types<List<Optional<Collection<Dog>>>>() {}.type());
        Stream<Type> elsewhere =
                JsonbCodecTest.values().map(arguments -> (Type) arguments.get()[0]);
        return Stream.concat(here, elsewhere).distinct();
    }

    @ParameterizedTest
    @MethodSource("sound")
    void of_typeThatSurvives_isEmpty(Type type) {
        assertThat(TypeWarnings.of(type)).isEmpty();
    }

    @Test
    void codec_soundTypes_doSurvive() throws Exception {
        ValueCodec<Sound> sounds = new JsonbCodecs().of(Sound.class);
        Sound sound = Sound.of("a");
        sound.setCount(2);
        assertThat(sounds.decode(sounds.encode(sound)))
                .usingRecursiveComparison()
                .isEqualTo(sound);

        ValueCodec<List<Animal>> animals = new JsonbCodecs().of(new Types<List<Animal>>() {}.type());
        List<Animal> dogs = List.of(new Dog("Rex", DayOfWeek.MONDAY));
        assertThat(animals.decode(animals.encode(dogs))).isEqualTo(dogs);
    }

    @Test
    void of_classThatIsNotThere_saysSo(@TempDir Path folder) throws IOException {
        CompiledSources sources = new CompiledSources(folder);
        Path target = sources.compiled("public class Made { public Gone a; } class Gone { }");
        Files.delete(target.resolve("made").resolve("Gone.class"));

        assertThat(TypeWarnings.of(sources.loaded(target, "made.Made")))
                .containsExactly("a class that it is made of is missing");
    }
}
