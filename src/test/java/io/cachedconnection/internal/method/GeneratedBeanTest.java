package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.NotInKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beans of interfaces: classes that were generated from them, and beans that have no class but the interface. */
class GeneratedBeanTest {

    interface Base<T, K> {
        @CachedConnection(cache = "things")
        Optional<T> find(@CacheKey K id, @NotInKey String language);
    }

    interface Books extends Base<String, Long> {
        @CachedConnection(cache = "titles", key = "{shelf}")
        List<String> titles(int shelf, @NotInKey int most);

        @EvictConnection(cache = "things")
        void remove(@CacheKey Long id, String why);
    }

    static class GeneratedBooks implements Books {
        @Override
        @CachedConnection(cache = "things")
        public Optional<String> find(Long id, String language) {
            return Optional.empty();
        }

        @Override
        @CachedConnection(cache = "titles", key = "{shelf}")
        public List<String> titles(int shelf, int most) {
            return List.of();
        }

        @Override
        @EvictConnection(cache = "things")
        public void remove(Long id, String why) {}
    }

    @Test
    void key_markedInTheInterface_isOfThatParameter() {
        CachedBeans beans = Readings.readAll(GeneratedBooks.class);

        assertThat(beans.problems()).isEmpty();
        CachedMethod find = beans.find(GeneratedBooks.class, Readings.method(GeneratedBooks.class, "find"));
        assertThat(find.key(new Object[] {5L, "pl"}).text()).isEqualTo("things:5");
    }

    interface OtherMark {
        Optional<String> find(Long id, @CacheKey String language);
    }

    static class Torn implements Base<String, Long>, OtherMark {
        @Override
        @CachedConnection(cache = "things")
        public Optional<String> find(Long id, String language) {
            return Optional.empty();
        }
    }

    static class Decided implements Base<String, Long>, OtherMark {
        @Override
        @CachedConnection(cache = "things")
        public Optional<String> find(@NotInKey Long id, @CacheKey String language) {
            return Optional.empty();
        }
    }

    @Test
    void key_markedDifferentlyInTwoInterfaces_isRefusedUnlessTheBeanSaysIt() {
        assertThat(Readings.read(Torn.class).problems())
                .containsExactly(
                        "CC-0141 Torn.find(Long, String) implements methods that mark different parameters with"
                                + " @CacheKey. Mark its own parameters.");
        assertThat(only(Decided.class).key(new Object[] {5L, "pl"}).text()).isEqualTo("things:pl");
    }

    static class MarkedAndTemplate implements OtherMark {
        @Override
        @CachedConnection(cache = "things", key = "{id}")
        public Optional<String> find(Long id, String language) {
            return Optional.empty();
        }
    }

    @Test
    void key_markedInTheInterfaceAndATemplateAsWell_isRefused() {
        assertThat(Readings.read(MarkedAndTemplate.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0112 ");
    }

    @Test
    void key_namesOfTheInterfaceOnly_areUsed(@TempDir Path directory) throws Exception {
        compile(directory, "Named", "public interface Named { String find(String shelf, long id); }", "-parameters");
        compile(
                directory,
                "Nameless",
                "public class Nameless implements Named { @io.cachedconnection.CachedConnection(key = \"{id}:{shelf}\")"
                        + " public String find(String s, long l) { return \"\"; } }",
                "-g:none");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            assertThat(Readings.key(only(loader.loadClass("Nameless")), "a", 5L))
                    .isEqualTo("5:a");
        }
    }

    /** Jakarta Data need not be there: what the library knows of it, it knows by name. */
    @Test
    void key_orderOfJakartaData_isPartOfTheKey(@TempDir Path directory) throws Exception {
        Path data = Files.createDirectories(directory.resolve("jakarta/data"));
        compile(
                data,
                "Sort",
                "package jakarta.data; public record Sort<T>(String property, boolean isAscending, boolean ignoreCase) {}",
                "-parameters");
        compile(
                data,
                "Order",
                "package jakarta.data; public final class Order<T> implements Iterable<Sort<? super T>> { private final"
                        + " java.util.List<Sort<? super T>> sorts; public Order(java.util.List<Sort<? super T>> sorts) {"
                        + " this.sorts = sorts; } public java.util.Iterator<Sort<? super T>> iterator() { return"
                        + " sorts.iterator(); } }",
                "-parameters");
        compile(
                directory,
                "Ordered",
                "public class Ordered { @io.cachedconnection.CachedConnection public String in(String country,"
                        + " jakarta.data.Order<String> order) { return \"\"; } public static Object order(boolean up) { return"
                        + " new jakarta.data.Order<String>(java.util.List.of(new jakarta.data.Sort<String>(\"name\", up,"
                        + " false))); } }",
                "-parameters");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Class<?> bean = loader.loadClass("Ordered");
            Object up = bean.getMethod("order", boolean.class).invoke(null, true);
            Object down = bean.getMethod("order", boolean.class).invoke(null, false);

            assertThat(Readings.key(only(bean), "PL", up)).endsWith("PL:%(%(name%,true%,false%,%)%,%)");
            assertThat(Readings.key(only(bean), "PL", down)).endsWith("PL:%(%(name%,false%,false%,%)%,%)");
        }
    }

    private static void compile(Path directory, String name, String text, String option) throws IOException {
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        Path root = directory.endsWith("jakarta/data") ? directory.resolve("../..") : directory;
        String classPath = System.getProperty("java.class.path") + ":" + root;
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, option, source.toString());
        assertThat(result).isZero();
    }

    @Test
    void interfaceAsBean_hasAllItsMethods() {
        CachedBeans beans = Readings.readAll(Books.class);

        assertThat(beans.problems()).isEmpty();
        assertThat(beans.methods())
                .extracting(CachedMethod::name)
                .containsExactly("Books.find(Long, String) (declared in Base)", "Books.titles(int, int)");
        Class<?> runtimeClass = new GeneratedBooks() {}.getClass();
        CachedMethod find = beans.find(runtimeClass, Readings.method(Base.class, "find"));
        assertThat(find.key(new Object[] {5L, "pl"}).text()).isEqualTo("things:5");
        assertThat(beans.findWrite(runtimeClass, Readings.method(Books.class, "remove")))
                .isNotNull();
    }
}
