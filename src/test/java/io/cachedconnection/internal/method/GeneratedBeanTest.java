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

    private static void compile(Path directory, String name, String text, String option) throws IOException {
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        String classPath = System.getProperty("java.class.path") + ":" + directory;
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
