package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.NotInKey;
import io.cachedconnection.testing.ScannedLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodProblemsTest {

    static class Book {
        public String title = "";
    }

    record Filter(double weight, String word, Object other) {}

    record Node(Optional<Node> next) {}

    record Growing<T>(Optional<Growing<List<T>>> next) {}

    static class ReturnsVoid {
        @CachedConnection
        public void touch(long id) {}

        @CachedConnection
        public Void boxed(long id) {
            return null;
        }

        @CachedConnection
        public Optional<Void> wrapped(long id) {
            return Optional.empty();
        }
    }

    @Test
    void read_void_isRefused() {
        assertThat(problems(ReturnsVoid.class))
                .containsExactly(
                        "CC-0101 ReturnsVoid.boxed(long) returns void, so there is nothing to cache. Remove"
                                + " @CachedConnection from it.",
                        "CC-0101 ReturnsVoid.touch(long) returns void, so there is nothing to cache. Remove"
                                + " @CachedConnection from it.",
                        "CC-0101 ReturnsVoid.wrapped(long) returns void, so there is nothing to cache. Remove"
                                + " @CachedConnection from it.");
    }

    @SuppressWarnings("UnusedMethod")
    static class Unreachable {
        @CachedConnection
        private String hidden(long id) {
            return "";
        }

        @CachedConnection
        public static String shared(long id) {
            return "";
        }

        @CachedConnection
        public final String sealed(long id) {
            return "";
        }
    }

    static class InheritsUnreachable extends Unreachable {}

    @Test
    void read_privateStaticOrFinal_isRefused() {
        assertThat(ids(Unreachable.class)).containsExactly("CC-0102", "CC-0104", "CC-0103");
        assertThat(problems(InheritsUnreachable.class))
                .hasSize(3)
                .allMatch(problem -> problem.contains("(declared in Unreachable)"));
    }

    @CachedConnection
    static class FinalInCachedClass {
        public final String find(long id) {
            return "";
        }
    }

    @Test
    void read_finalMethodOfAnAnnotatedClass_isRefused() {
        assertThat(ids(FinalInCachedClass.class)).containsExactly("CC-0104");
    }

    static class Misnamed {
        @CachedConnection(key = "{bookId}")
        public Book byName(UUID id, String shelf) {
            return new Book();
        }

        @CachedConnection(key = "{2}:{99999999}")
        public Book byIndex(UUID id, String shelf) {
            return new Book();
        }

        @CachedConnection(key = "{book.titel}")
        public Book byProperty(Book book) {
            return book;
        }

        @CachedConnection(key = "{x}")
        public Book ofNothing() {
            return new Book();
        }

        @CachedConnection(key = "{id.class}:{book.TITLE}")
        public Book byClass(UUID id, Book book) {
            return book;
        }
    }

    @Test
    void read_unknownNameInTemplate_isRefusedWithTheNamesThereAre() {
        assertThat(problems(Misnamed.class))
                .containsExactly(
                        "CC-0108 Misnamed.byClass(UUID, Book): its template names the property class, but"
                                + " java.util.UUID has no record component, public getter, public field or public method"
                                + " of that name. Correct the template.",
                        "CC-0108 Misnamed.byClass(UUID, Book): its template names the property TITLE, but "
                                + Book.class.getName()
                                + " has no record component, public getter, public field or public method"
                                + " of that name. Correct the template.",
                        "CC-0107 Misnamed.byIndex(UUID, String): its template names {2}, but it has 2 parameter(s),"
                                + " counted from 0.",
                        "CC-0107 Misnamed.byIndex(UUID, String): its template names {99999999}, but it has 2"
                                + " parameter(s), counted from 0.",
                        "CC-0106 Misnamed.byName(UUID, String): its template names {bookId}, but there is no such"
                                + " parameter. Available: id, shelf.",
                        "CC-0108 Misnamed.byProperty(Book): its template names the property titel, but "
                                + Book.class.getName()
                                + " has no record component, public getter, public field or public method"
                                + " of that name. Correct the template.",
                        "CC-0106 Misnamed.ofNothing(): its template names {x}, but there is no such parameter."
                                + " Available: none.");
    }

    static class MalformedTemplates {
        @CachedConnection(key = "{id}{shelf}")
        public Book a(UUID id, String shelf) {
            return new Book();
        }

        @CachedConnection(key = "{id")
        public Book b(UUID id, String shelf) {
            return new Book();
        }
    }

    @Test
    void read_malformedTemplate_isRefusedWithTheReason() {
        assertThat(problems(MalformedTemplates.class))
                .containsExactly(
                        "CC-0105 MalformedTemplates.a(UUID, String): the template \"{id}{shelf}\" is malformed: two"
                                + " placeholders need a ':' between them.",
                        "CC-0105 MalformedTemplates.b(UUID, String): the template \"{id\" is malformed: unbalanced brace.");
    }

    static class Textless {
        @CachedConnection
        public Book byFilter(Filter filter) {
            return new Book();
        }

        @CachedConnection
        public Book byNode(Node node) {
            return new Book();
        }

        @CachedConnection
        public Book byGrowing(Growing<String> growing) {
            return new Book();
        }

        @CachedConnection
        public Book byBook(Book book) {
            return new Book();
        }

        @CachedConnection
        public Book byOptionals(Optional<Optional<String>> word) {
            return new Book();
        }

        @CachedConnection
        public Book byBounded(List<? extends String> words) {
            return new Book();
        }

        @CachedConnection
        @SuppressWarnings("rawtypes")
        public Book byRaw(List words) {
            return new Book();
        }

        @CachedConnection
        public <T> Book byVariable(T word) {
            return new Book();
        }

        @CachedConnection
        @SuppressWarnings("NonApiType")
        public Book byArrayList(ArrayList<String> words) {
            return new Book();
        }

        @CachedConnection(key = "{0.other}")
        public Book byProperty(Filter filter) {
            return new Book();
        }
    }

    @Test
    void read_typeWithoutText_isRefusedAndNamed() {
        assertThat(problems(Textless.class)).hasSize(10).allMatch(problem -> problem.startsWith("CC-0110 "));
        assertThat(problems(Textless.class))
                .anyMatch(problem -> problem.contains("(Filter): filter.other is of type java.lang.Object, which"))
                .anyMatch(problem -> problem.contains("byProperty(Filter): filter.other is of type"))
                .anyMatch(problem -> problem.contains("byVariable(Object): word is of type T, which"))
                .anyMatch(problem -> problem.contains("of node.next is of type " + Node.class.getName()))
                .anyMatch(problem -> problem.contains("byBook(Book): book is of type")
                        && problem.contains("as in key = \"{book.id}\". If"))
                .noneMatch(problem -> problem.contains("filter.word"));
    }

    static class Keyless {
        @CachedConnection
        public List<Book> all() {
            return List.of();
        }

        @CachedConnection(key = "{shelf}")
        public List<Book> twice(@CacheKey UUID id, String shelf) {
            return List.of();
        }
    }

    static class LeftOut {
        @CachedConnection
        public String marked(@CacheKey String country, String order) {
            return "";
        }

        @CachedConnection(key = "of:{country}")
        public String named(String country, int first, @NotInKey long patience) {
            return "";
        }

        @CachedConnection(key = "all")
        public String constant(Locale locale) {
            return "";
        }

        @CachedConnection(key = "{filter.word}")
        public String part(Filter filter) {
            return "";
        }

        @CachedConnection
        public String all(String country, @NotInKey Object patience) {
            return "";
        }
    }

    @Test
    void read_parameterInNoKey_isRefusedUnlessItSaysSo() {
        assertThat(problems(LeftOut.class))
                .containsExactly(
                        "CC-0160 LeftOut.constant(Locale): its parameter locale is not in its key, so an entry"
                                + " would answer calls with other arguments. Add it to the key, or mark it with"
                                + " @NotInKey if the result does not depend on it.",
                        "CC-0160 LeftOut.marked(String, String): its parameter order is not in its key, so an entry"
                                + " would answer calls with other arguments. Add it to the key, or mark it with"
                                + " @NotInKey if the result does not depend on it.",
                        "CC-0160 LeftOut.named(String, int, long): its parameter first is not in its key, so an"
                                + " entry would answer calls with other arguments. Add it to the key, or mark it"
                                + " with @NotInKey if the result does not depend on it.");
    }

    @Test
    void read_noKeyOrTwoKeys_isRefused() {
        assertThat(ids(Keyless.class)).containsExactly("CC-0111", "CC-0112");
    }

    static class Ttls {
        @CachedConnection(ttl = "5m")
        public Book a(long id) {
            return new Book();
        }

        @CachedConnection(ttl = "0")
        public Book b(long id) {
            return new Book();
        }

        @CachedConnection(ttl = "PT-1S")
        public Book c(long id) {
            return new Book();
        }

        @CachedConnection(ttl = "P3651D")
        public Book d(long id) {
            return new Book();
        }

        @CachedConnection(ttl = "PT0.0009S")
        public Book e(long id) {
            return new Book();
        }

        @CachedConnection(ttl = "P3650D")
        public Book f(long id) {
            return new Book();
        }
    }

    @Test
    void read_ttlMalformedOrOutOfRange_isRefused() {
        assertThat(ids(Ttls.class)).containsExactly("CC-0113", "CC-0114", "CC-0114", "CC-0114", "CC-0114");
        assertThat(problems(Ttls.class).get(0))
                .isEqualTo(
                        "CC-0113 Ttls.a(long): its ttl \"5m\" is neither ISO-8601 such as PT5M nor whole seconds such"
                                + " as 300. Correct it, or remove it to use the configured TTL.");
    }

    static class Names {
        @CachedConnection(cache = "provider")
        public Book a(long id) {
            return new Book();
        }

        @CachedConnection(cache = "")
        public Book b(long id) {
            return new Book();
        }

        @CachedConnection(cache = "-books")
        public Book c(long id) {
            return new Book();
        }

        @CachedConnection(cache = "books:of")
        public Book d(long id) {
            return new Book();
        }

        @CachedConnection(cache = "a23456789012345678901234567890123456789012345678901234567890123_-")
        public Book e(long id) {
            return new Book();
        }

        @CachedConnection(cache = "a2345678901234567890123456789012345678901234567890123456789012_-")
        public Book f(long id) {
            return new Book();
        }

        @CachedConnection(cache = "bücher")
        public Book g(long id) {
            return new Book();
        }
    }

    @Test
    void read_wrongCacheName_isRefused() {
        assertThat(ids(Names.class)).containsExactly("CC-0116", "CC-0115", "CC-0115", "CC-0115", "CC-0115", "CC-0115");
    }

    static class Later {
        @CachedConnection
        public CompletionStage<Book> a(long id) {
            return new CompletableFuture<>();
        }

        @CachedConnection
        public Future<Book> b(long id) {
            return new CompletableFuture<>();
        }

        @CachedConnection
        public Flow.Publisher<Book> c(long id) {
            return subscriber -> {};
        }

        @CachedConnection
        public CompletableFuture<Book> d(long id) {
            return new CompletableFuture<>();
        }

        @CachedConnection
        public Optional<List<Future<Book>>> e(long id) {
            return Optional.empty();
        }
    }

    @Test
    void read_valueThatComesLater_isRefused() {
        assertThat(ids(Later.class)).hasSize(5).containsOnly("CC-0117");
    }

    static class Once {
        @CachedConnection
        public Stream<Book> a(long id) {
            return Stream.of();
        }

        @CachedConnection
        public Iterator<Book> b(long id) {
            return List.<Book>of().iterator();
        }

        @CachedConnection
        public InputStream c(long id) {
            return InputStream.nullInputStream();
        }

        @CachedConnection
        public Reader d(long id) {
            return Reader.nullReader();
        }

        @CachedConnection
        public InputStream[] e(long id) {
            return new InputStream[0];
        }
    }

    @Test
    void read_valueThatIsReadOnce_isRefused() {
        assertThat(ids(Once.class)).hasSize(5).containsOnly("CC-0118");
    }

    static class Unknown<B> {
        @CachedConnection
        public B a(long id) {
            throw new UnsupportedOperationException();
        }

        @CachedConnection
        public <T> List<T> b(long id) {
            return List.of();
        }

        @CachedConnection
        public List<? extends Book> c(long id) {
            return List.of();
        }

        @CachedConnection
        @SuppressWarnings("rawtypes")
        public List d(long id) {
            return List.of();
        }

        @CachedConnection
        public Object e(long id) {
            return id;
        }

        @CachedConnection
        public Optional<?> f(long id) {
            return Optional.empty();
        }

        @CachedConnection
        public List<B[]> g(long id) {
            return List.of();
        }
    }

    @Test
    void read_valueOfUnknownType_isRefused() {
        assertThat(ids(Unknown.class)).hasSize(7).containsOnly("CC-0119");
    }

    static class Doubly {
        @CachedConnection
        public Optional<Optional<Book>> find(long id) {
            return Optional.empty();
        }
    }

    @Test
    void read_optionalOfOptional_isRefused() {
        assertThat(ids(Doubly.class)).containsExactly("CC-0120");
    }

    interface Lookup<T, I> {
        @CachedConnection
        T find(I id);

        @CachedConnection
        default Optional<T> findOptional(I id) {
            return Optional.empty();
        }
    }

    static class Forgetful implements Lookup<Book, UUID> {
        @Override
        public Book find(UUID id) {
            return new Book();
        }
    }

    static class Mindful implements Lookup<Book, UUID> {
        @Override
        @CachedConnection(cache = "books")
        public Book find(UUID id) {
            return new Book();
        }

        @Override
        @CachedConnection(cache = "books", key = "o:{id}")
        public Optional<Book> findOptional(UUID id) {
            return Optional.empty();
        }
    }

    abstract static class Template {
        @CachedConnection
        public abstract Book load(UUID id);
    }

    static class Filled extends Template {
        @Override
        public Book load(UUID id) {
            return new Book();
        }
    }

    @CachedConnection
    interface AnnotatedInterface {}

    static class ImplementsAnnotated implements AnnotatedInterface {
        public Book find(UUID id) {
            return new Book();
        }
    }

    @Test
    void read_annotationWhereCdiDoesNotSeeIt_isRefusedUnlessRepeated() {
        assertThat(problems(Forgetful.class))
                .containsExactly(
                        "CC-0121 Forgetful.find(UUID) (declared in Lookup) has @CachedConnection only on Lookup, where"
                                + " CDI does not see it. Repeat the annotation on the bean.",
                        "CC-0121 Forgetful.findOptional(UUID) (declared in Lookup) has @CachedConnection only on Lookup,"
                                + " where CDI does not see it. Repeat the annotation on the bean.");
        assertThat(problems(Mindful.class)).isEmpty();
        assertThat(ids(Filled.class)).containsExactly("CC-0121");
        assertThat(ids(ImplementsAnnotated.class)).containsExactly("CC-0121");
    }

    @CachedConnection(cache = "a b", ttl = "x")
    static class WrongOnClass {
        public Book a(long id) {
            return new Book();
        }

        public Book b(long id) {
            return new Book();
        }
    }

    @Test
    void read_wrongAnnotationOfTheClass_isSaidOnce() {
        assertThat(problems(WrongOnClass.class))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("CC-0115 WrongOnClass: \"a b\""))
                .anyMatch(problem -> problem.startsWith("CC-0113 WrongOnClass: its ttl"));
        assertThat(Readings.read(WrongOnClass.class).all()).isEmpty();
    }

    @SuppressWarnings("UnusedMethod")
    static class AllWrong {
        @CachedConnection(cache = "a/b", key = "{nobody}:{filter.other}", ttl = "soon")
        private static final void all(@CacheKey Filter filter) {}
    }

    @Test
    void read_manyProblemsOfOneMethod_tellsAllOfThem() {
        assertThat(ids(AllWrong.class))
                .containsExactlyInAnyOrder(
                        "CC-0101", "CC-0102", "CC-0103", "CC-0104", "CC-0106", "CC-0110", "CC-0112", "CC-0113",
                        "CC-0115");
        assertThat(Readings.read(AllWrong.class).all()).isEmpty();
    }

    @Test
    void read_propertyThatJavaHides_isRefused() throws ClassNotFoundException {
        Class<?> hidden = Class.forName("sun.net.www.MessageHeader");
        Problems problems = new Problems("Books.find(MessageHeader)");

        assertThat(new PropertyReading(problems).named("headers", hidden)).isNull();
        assertThat(ScannedLog.texts(problems.messages()))
                .containsExactly("CC-0124 Books.find(MessageHeader): its key needs getHeaders of"
                        + " sun.net.www.MessageHeader, which this library may not access. Open its package to this"
                        + " library's module, or choose another key.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{id}", "{0}"})
    void read_namesNotCompiled_isRefusedOnlyWhereANameIsUsed(String template, @TempDir Path directory)
            throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {compiled(template, directory)})) {
            List<String> problems = problems(loader.loadClass("Nameless"));

            if (template.equals("{0}")) {
                assertThat(problems).isEmpty();
            } else {
                assertThat(problems)
                        .containsExactly("CC-0109 Nameless.find(long): its template names {id}, but its class was"
                                + " compiled without parameter names. Compile it with -parameters, or use an index:"
                                + " {0}.");
            }
        }
    }

    /** Compiles a class with the standard options, which leave parameter names out. */
    private static URL compiled(String template, Path directory) {
        try {
            Path source = Files.writeString(
                    directory.resolve("Nameless.java"),
                    "public class Nameless { @io.cachedconnection.CachedConnection(key = \"" + template
                            + "\") public String find(long id) { return \"\"; } }");
            String classPath = System.getProperty("java.class.path");
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-cp", classPath, source.toString());
            assertThat(result).isZero();
            return directory.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problems(Class<?> bean) {
        return Readings.read(bean).problems();
    }

    private static List<String> ids(Class<?> bean) {
        return problems(bean).stream().map(problem -> problem.substring(0, 7)).toList();
    }

    static class Plain {

        @CachedConnection
        public String find(UUID id) {
            return "";
        }

        @EvictConnection
        public void remove(UUID id) {}
    }

    interface Generic<I> {

        Object find(I id);

        void remove(I id);
    }

    static class Adopting extends Plain implements Generic<UUID> {}

    static class Overriding extends Plain implements Generic<UUID> {

        @Override
        @CachedConnection
        public String find(UUID id) {
            return super.find(id);
        }

        @Override
        @EvictConnection
        public void remove(UUID id) {
            super.remove(id);
        }
    }

    @Test
    void read_methodThatOnlyASubclassHasImplementAnInterface_isAProblem() {
        assertThat(Readings.read(Adopting.class).problems())
                .containsExactly(
                        "CC-0165 Adopting.find(UUID) (declared in Plain) implements an interface method for a"
                                + " subclass, with other types, and not every container intercepts calls through"
                                + " that interface. Override it in the subclass and repeat the annotation.",
                        "CC-0165 Adopting.remove(UUID) (declared in Plain) implements an interface method for a"
                                + " subclass, with other types, and not every container intercepts calls through"
                                + " that interface. Override it in the subclass and repeat the annotation.");
        assertThat(Readings.read(Overriding.class).problems()).isEmpty();
    }
}
