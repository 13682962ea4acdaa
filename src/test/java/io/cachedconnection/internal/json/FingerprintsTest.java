package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fingerprints of types. The golden ones are kept for ever, and so are the types they are of: with another fingerprint,
 * every entry in every Redis would be one of another version.
 */
class FingerprintsTest {

    record Book(UUID id, String title, int pages, List<Author> authors, Optional<Book> sequel) {}

    record Author(String name, Genre genre) {}

    enum Genre {
        NOVEL,
        ESSAY
    }

    record Page<T>(List<T> items, int total) {}

    record Growing<T>(T value, Growing<List<T>> next) {}

    static class Entity {
        private Long id;
        protected transient int cached;
        static final int SIZE = 3;

        public Long getId() {
            return id;
        }
    }

    static class Customer extends Entity implements Named, Comparable<Customer> {
        private String name;

        @JsonbTransient
        private byte[][] pictures;

        @Override
        public String getName() {
            return name;
        }

        public boolean isKnown() {
            return name != null;
        }

        @Override
        public int compareTo(Customer other) {
            return 0;
        }
    }

    interface Named {
        String getName();
    }

    @JsonbTypeInfo(
            key = "kind",
            value = {
                @JsonbSubtype(alias = "circle", type = Circle.class),
                @JsonbSubtype(alias = "square", type = Square.class)
            })
    interface Figure {}

    record Circle(double radius) implements Figure {}

    @SuppressWarnings("deprecation") // of nillable, which javac 17 does not see in a record
    record Square(
            @JsonbProperty(value = "breite \"ß\"", nillable = true)
            double width) implements Figure {}

    record Price(@JsonbTypeAdapter(CurrencyAdapter.class) Currency currency, long cents) {}

    static class CurrencyAdapter implements JsonbAdapter<Currency, Code> {
        @Override
        public Code adaptToJson(Currency currency) {
            return new Code(currency.getCurrencyCode());
        }

        @Override
        public Currency adaptFromJson(Code code) {
            return Currency.getInstance(code.code());
        }
    }

    record Code(String code) {}

    @JsonbAnnotation
    @JsonbDateFormat("dd.MM.yyyy")
    @Retention(RetentionPolicy.RUNTIME)
    @interface German {
        double weight() default 0.1;

        char letter() default 'g';

        DayOfWeek[] days() default {DayOfWeek.MONDAY, DayOfWeek.SUNDAY};
    }

    static class Event {
        @German(letter = 'é')
        public Instant at;

        @JsonbCreator
        Event(@JsonbProperty("at") Instant at) {
            this.at = at;
        }
    }

    static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    private CompiledSources sources;

    @BeforeEach
    void open() {
        sources = new CompiledSources(folder);
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(String.class, 0x8b8e90f153aed312L),
                Arguments.of(int.class, 0xd6b50112647417beL),
                Arguments.of(new Types<Map<String, List<? extends UUID[]>>>() {}.type(), 0x03679aa1a8be32caL),
                Arguments.of(ProviderConnection.class, 0x97ca3868b6d2a4d1L),
                Arguments.of(new Types<List<ProviderCredentials>>() {}.type(), 0x0d764200db7a8741L),
                Arguments.of(ConnectionStatus.class, 0xf17c6e6c332e9e5aL),
                Arguments.of(Book.class, 0x1a412cc1cccd3566L),
                Arguments.of(new Types<Page<Book>>() {}.type(), 0xed2dfc4d038218e3L),
                Arguments.of(Page.class, 0xcd60f3bc153ffc1cL),
                Arguments.of(new Types<Growing<String>>() {}.type(), 0x8ec2cca6788b4e59L),
                Arguments.of(Customer.class, 0xb35c2c1297732eb8L),
                Arguments.of(Figure.class, 0x7d3b834bd134896dL),
                Arguments.of(Price.class, 0xa7ab695cbd3c2672L),
                Arguments.of(Event.class, 0xd6c5a6a242250ccaL),
                Arguments.of(Names.class, 0xcdac5827405a2fe9L));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void of_goldenType_isAsEver(Type type, long fingerprint) {
        assertThat(Fingerprints.of(type)).as(() -> Fingerprints.text(type)).isEqualTo(fingerprint);
    }

    @Test
    void of_exampleInTheDocument_isTheOneThere() throws IOException {
        String document = Files.readString(Path.of("docs", "reference", "wire-format.md"));
        String source = block(document, "java");
        Type type = sources.loaded(sources.compiled(source), "made.Loan");

        assertThat(Fingerprints.text(type)).isEqualTo(block(document, "text"));
        assertThat(document).contains("`%016x`".formatted(Fingerprints.of(type)));
    }

    private static String block(String document, String language) {
        String start = "```" + language + "\n";
        int from = document.indexOf(start, document.indexOf("## The fingerprint of a type")) + start.length();
        return document.substring(from, document.indexOf("```", from));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name of a component | record Made(int a) {}           | record Made(int b) {}",
                "type of a component | record Made(int a) {}           | record Made(long a) {}",
                "boxed               | record Made(int a) {}           | record Made(Integer a) {}",
                "argument            | record Made(List<UUID> a) {}    | record Made(List<String> a) {}",
                "bound               | record Made(List<? extends Number> a) {} | record Made(List<? extends Integer> a) {}",
                "array               | record Made(int[] a) {}         | record Made(int[][] a) {}",
                "component more      | record Made(int a) {}           | record Made(int a, int b) {}",
                "type of a field     | class Made { int a; }           | class Made { long a; }",
                "field more          | class Made { int a; }           | class Made { int a; private int b; }",
                "transient           | class Made { int a; }           | class Made { transient int a; }",
                "static              | class Made { int a; }           | class Made { static int a; }",
                "class to record     | class Made { private final int a = 1; } | record Made(int a) {}",
                "getter more         | class Made { int a; }           | class Made { int a; public int getA() { return a; } }",
                "getter's type       | interface Made { int getA(); }  | interface Made { long getA(); }",
                "getter's name       | interface Made { int getA(); }  | interface Made { int getB(); }",
                "truth               | interface Made { }              | interface Made { boolean isA(); }",
                "inherited field     | class Made extends B { } class B { int a; } | class Made extends B { } class B { long a; }",
                "inherited getter    | class Made implements B { } interface B { default int getA() { return 1; } } "
                        + "| class Made implements B { } interface B { default long getA() { return 1; } }",
                "argument of parent  | class Made extends B<UUID> { } class B<T> { T a; } "
                        + "| class Made extends B<String> { } class B<T> { T a; }",
                "superclass          | class Made { }                  | class Made extends B { } class B { }",
                "collection          | class Made extends ArrayList<UUID> { } | class Made extends ArrayList<String> { }",
                "nested name         | record Made(B b) {} record B(int a) {} | record Made(B b) {} record B(int c) {}",
                "nested deeply       | record Made(Map<String, Optional<B[]>> b) {} record B(int a) {} "
                        + "| record Made(Map<String, Optional<B[]>> b) {} record B(int c) {}",
                "constant            | enum Made { A, B }              | enum Made { A, C }",
                "constant more       | enum Made { A, B }              | enum Made { A, B, C }",
                "constant inside     | record Made(B b) {} enum B { A } | record Made(B b) {} enum B { A, C }",
                "annotation          | class Made { int a; }           | class Made { @JsonbTransient int a; }",
                "its value           | class Made { @JsonbProperty(\"x\") int a; } | class Made { @JsonbProperty(\"y\") int a; }",
                "on a component      | record Made(int a) { }          | record Made(@JsonbProperty(\"y\") int a) { }",
                "on a setter         | class Made { int a; void setA(int a) {} } "
                        + "| class Made { int a; @JsonbProperty(\"y\") void setA(int a) {} }",
                "on a parameter      | class Made { @JsonbCreator Made(@JsonbProperty(\"x\") int a) {} } "
                        + "| class Made { @JsonbCreator Made(@JsonbProperty(\"y\") int a) {} }",
                "creator             | class Made { Made(int a) {} }   | class Made { @JsonbCreator Made(int a) {} }",
                "creator's parameter | class Made { @JsonbCreator Made(int a) {} }  | class Made { @JsonbCreator Made(long a) {} }",
                "static creator      | class Made { static Made of(int a) { return null; } } "
                        + "| class Made { @JsonbCreator static Made of(int a) { return null; } }",
                "on the type         | class Made { }                  | @JsonbNillable class Made { }",
                "order said          | @JsonbPropertyOrder({\"a\", \"b\"}) class Made { } "
                        + "| @JsonbPropertyOrder({\"b\", \"a\"}) class Made { }",
                "subtype's name      | @JsonbTypeInfo(@JsonbSubtype(alias = \"a\", type = B.class)) class Made { } class B extends Made { } "
                        + "| @JsonbTypeInfo(@JsonbSubtype(alias = \"b\", type = B.class)) class Made { } class B extends Made { }",
                "subtype's field     | @JsonbTypeInfo(@JsonbSubtype(alias = \"a\", type = B.class)) class Made { } class B extends Made { int a; } "
                        + "| @JsonbTypeInfo(@JsonbSubtype(alias = \"a\", type = B.class)) class Made { } class B extends Made { int b; }",
                "setter less         | class Made { private int a; public int getA() { return a; } public void setA(int b) { a = b; } } "
                        + "| class Made { private int a; public int getA() { return a; } }",
                "setter hidden       | class Made { private int a; public void setA(int b) { a = b; } } "
                        + "| class Made { private int a; void setA(int b) { a = b; } }",
                "setter's type       | class Made { private int a; public void setA(int b) { a = b; } } "
                        + "| class Made { private int a; public void setA(long b) { } }",
                "inherited setter    | class Made implements B { } interface B { default void setA(int a) { } } "
                        + "| class Made implements B { } interface B { }",
                "public field        | class Made { private int a; }   | class Made { public int a; }",
                "final field         | class Made { public int a = 1; } | class Made { public final int a = 1; }",
                "least bound         | class Made { List<? super B> a; } class B { } | class Made { List<? super C> a; } class C { }",
                "least bound less    | class Made { List<? super B> a; } class B { } | class Made { List<B> a; } class B { }",
                "bound of a variable | class Made { B<?> a; } class B<T extends C> { T v; } class C { int a; } class D { int a; } "
                        + "| class Made { B<?> a; } class B<T extends D> { T v; } class C { int a; } class D { int a; }",
                "argument of a bound | class Made<T extends List<B>> { T a; } class B { } "
                        + "| class Made<T extends List<C>> { T a; } class C { }",
                "adapter by class    | class Made { @JsonbTypeAdapter(A.class) B b; } class B { } class C { int a; } "
                        + "abstract class X<S, T> implements jakarta.json.bind.adapter.JsonbAdapter<T, S> { } "
                        + "abstract class A extends X<C, B> { } "
                        + "| class Made { @JsonbTypeAdapter(A.class) B b; } class B { } class C { int c; } "
                        + "abstract class X<S, T> implements jakarta.json.bind.adapter.JsonbAdapter<T, S> { } "
                        + "abstract class A extends X<C, B> { }",
                "adapter by interface | class Made { @JsonbTypeAdapter(A.class) B b; } class B { } class C { int a; } "
                        + "interface X extends jakarta.json.bind.adapter.JsonbAdapter<B, C> { } abstract class A implements X { } "
                        + "| class Made { @JsonbTypeAdapter(A.class) B b; } class B { } class C { int c; } "
                        + "interface X extends jakarta.json.bind.adapter.JsonbAdapter<B, C> { } abstract class A implements X { }",
            })
    void of_anotherShape_isAnother(String change, String before, String after) {
        Class<?> old = sources.made(before);
        Class<?> changed = sources.made(after);

        assertThat(Fingerprints.of(changed))
                .as(() -> Fingerprints.text(changed))
                .isNotEqualTo(Fingerprints.of(old));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the same            | record Made(int a) {}           | record Made(int a) {}",
                "order of components | record Made(int a, long b) {}   | record Made(long b, int a) {}",
                "order at a creator  | record Made(int a, long b) { @JsonbCreator Made(int a, long b) { this.a = a; this.b = b; } } "
                        + "| record Made(long b, int a) { @JsonbCreator Made(long b, int a) { this.a = a; this.b = b; } }",
                "order of fields     | class Made { int a; long b; }   | class Made { long b; int a; }",
                "order of constants  | enum Made { A, B }              | enum Made { B, A }",
                "order of annotations | @JsonbNillable @JsonbPropertyOrder(\"a\") class Made { } "
                        + "| @JsonbPropertyOrder(\"a\") @JsonbNillable class Made { }",
                "default value       | class Made { @JsonbProperty(\"a\") int a; } "
                        + "| class Made { @JsonbProperty(value = \"a\", nillable = false) int a; }",
                "other annotation    | class Made { int a; }           | class Made { @Deprecated int a; }",
                "static field        | class Made { int a; }           | class Made { int a; static int b; }",
                "transient field     | class Made { int a; }           | class Made { int a; transient int b; }",
                "method              | class Made { int a; }           | class Made { int a; public int size() { return a; } }",
                "void                | class Made { int a; }           | class Made { int a; public void getB() { } }",
                "hidden getter       | class Made { int a; }           | class Made { int a; int getB() { return a; } }",
                "static getter       | class Made { int a; }           | class Made { int a; public static int getB() { return 1; } }",
                "wild                | record Made(List<? extends UUID> a) {} | record Made(List<UUID> a) {}",
                "serializable        | class Made { int a; }           | class Made implements java.io.Serializable { int a; }",
                "enum's field        | enum Made { A, B }              | enum Made { A, B; int a; public int getA() { return a; } }",
                "enum's body         | enum Made { A, B }              | enum Made { A, B { } }",
                "enhanced            | class Made { int a; } "
                        + "| class Made implements Managed { int a; private Object $$_hibernate_x; "
                        + "public Object get$$_hibernate_y() { return null; } } "
                        + "interface Managed { default Object $$_hibernate_z() { return null; } }",
                "woven               | class Made { int a; } "
                        + "| class Made { int a; protected Object _persistence_primaryKey; }",
                "synthetic           | class Made { private int a; } "
                        + "| class Made { private int a; boolean b() { assert a > 0; return true; } }",
                "hidden setter       | class Made { int a; }           | class Made { int a; void setA(int a) { } }",
                "static setter       | class Made { int a; }           | class Made { int a; public static void setA(int a) { } }",
                "bound of its own    | class Made { B<?> a; } class B<T extends C> { T v; } class C { } "
                        + "| class Made { B<? extends C> a; } class B<T extends C> { T v; } class C { }",
                "endless bound       | class Made<T extends Comparable<T>> { T a; } "
                        + "| class Made<T extends Comparable<T>> { T a; }",
            })
    void of_theSameShape_isTheSame(String change, String before, String after) {
        Class<?> old = sources.made(before);
        Class<?> changed = sources.made(after);

        assertThat(Fingerprints.text(changed)).isEqualTo(Fingerprints.text(old));
        assertThat(Fingerprints.of(changed)).isEqualTo(Fingerprints.of(old));
    }

    @Test
    void of_namesOfParametersKept_isTheSameForRecords() {
        String source = "record Made(int a) { @JsonbCreator Made(int a) { this.a = a; } }";
        Class<?> with = sources.loaded(sources.compiled(source, "-parameters"), "made.Made");

        assertThat(Fingerprints.of(with)).isEqualTo(Fingerprints.of(sources.made(source)));
    }

    @Test
    void text_getterOfANarrowerType_isThereOnce() {
        Class<?> type = sources.made("class Made implements B<String> { public String getA() { return null; } } "
                + "interface B<T> { T getA(); }");

        assertThat(Fingerprints.text(type)).containsOnlyOnce("method getA java.lang.String\ninterface");
        assertThat(Fingerprints.text(type)).doesNotContain("java.lang.Object");
    }

    @Test
    void of_annotationOnThePackage_isAnother() throws IOException {
        Path target = sources.compiled("record Made(int a) {}");
        long without = Fingerprints.of(sources.loaded(target, "made.Made"));
        Path annotated = sources.compiled("record Made(int a) {}");
        Files.writeString(
                annotated.resolve("package-info.java"), "@jakarta.json.bind.annotation.JsonbNillable package made;");
        CompiledSources.compile(annotated.resolve("package-info.java"), annotated);

        assertThat(Fingerprints.of(sources.loaded(annotated, "made.Made"))).isNotEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field    | class Made { Gone a; } class Gone { }",
                "argument | class Made { List<Gone> a; } class Gone { }",
                "parent   | class Made { B b; } class B extends Gone { } class Gone { }",
                "result   | class Made { public Gone getA() { return null; } } class Gone { }",
                "returned argument | class Made { public List<Gone> getA() { return null; } } class Gone { }",
                "in an annotation  | @JsonbTypeInfo(@JsonbSubtype(alias = \"a\", type = Gone.class)) "
                        + "class Made { int a; } class Gone extends Made { }",
            })
    void of_classThatIsNotThere_isMadeOfTheRest(String where, String source) throws IOException {
        Path target = sources.compiled(source);
        Files.delete(target.resolve("made").resolve("Gone.class"));
        Type type = sources.loaded(target, "made.Made");

        assertThat(Fingerprints.text(type)).startsWith("type made.Made\nclass made.Made\n");
        assertThat(Fingerprints.of(type)).isEqualTo(Fingerprints.of(sources.loaded(target, "made.Made")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Made<List<T>>           | ",
                "Made<Map<T, T>>         | Made<Set<T>> b; Made<T[]> c; Made<Made<T>> d;",
                "Made<Map<Made<T>, T>>   | Made<Made<Made<T>>> b; Made<Map<Map<T, T>, Map<T, T>>> c;"
            })
    @Timeout(10)
    void of_typeThatGrowsWithoutEnd_ends(String next, String more) {
        Class<?> type = sources.made("class Made<T> { T value; " + next + " a; " + (more == null ? "" : more) + " }");

        assertThat(Fingerprints.text(type)).hasSizeLessThan(1_000_000);
    }
}
