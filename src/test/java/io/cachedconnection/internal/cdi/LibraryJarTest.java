package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.testing.TestRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories in a jar of the application's own: a bean archive, found by the container. */
class LibraryJarTest {

    private static final String REPOSITORY = """
            package shop;

            @jakarta.enterprise.context.ApplicationScoped
            public class Stock extends Base<String> {
                @Override protected String load(long id) { return "load " + ++loads; }
                @io.cachedconnection.EvictConnection(cache = "stock") public void remove(long id) {}
            }

            abstract class Base<T> {
                protected int loads;
                protected abstract T load(long id);
                @io.cachedconnection.CachedConnection(cache = "stock") public %s find(long id) { %s }
            }
            """;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Map<String, String> settings = Map.of(
            "cached-connection.redis.uri",
            TestRedis.uri().toString(),
            "cached-connection.redis.timeout",
            "PT5S",
            "cached-connection.key-prefix",
            "t" + UUID.randomUUID());

    @TempDir
    Path directory;

    @BeforeEach
    void set() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
        Thread.currentThread().setContextClassLoader(before);
    }

    private URL jar(String returned, String body) throws IOException {
        Path source = Files.writeString(directory.resolve("Stock.java"), REPOSITORY.formatted(returned, body));
        String classPath = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", directory.toString(), source.toString());
        assertThat(result).isZero();
        Path jar = directory.resolve("stock.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/beans.xml")); // an empty one is enough
            for (String name : new String[] {"shop/Base.class", "shop/Stock.class"}) {
                out.putNextEntry(new JarEntry(name));
                out.write(Files.readAllBytes(directory.resolve(name)));
            }
        }
        return jar.toUri().toURL();
    }

    private static Object call(Object bean, String method) throws ReflectiveOperationException {
        return bean.getClass().getMethod(method, long.class).invoke(bean, 1L);
    }

    @Test
    void lookup_beanOfAJar_isCachedAndEvicted() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar("T", "return load(id);")}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            try (WeldContainer container = new Weld().setClassLoader(loader).initialize()) {
                Object stock = container.select(loader.loadClass("shop.Stock")).get();

                assertThat(call(stock, "find")).isEqualTo("load 1");
                assertThat(call(stock, "find")).isEqualTo("load 1");
                call(stock, "remove");
                assertThat(call(stock, "find")).isEqualTo("load 2");
            }
        }
    }

    @Test
    @SuppressWarnings("resource") // it does not start
    void deployment_wrongBeanOfAJar_isRefused() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar("void", "load(id);")}, before)) {
            Thread.currentThread().setContextClassLoader(loader);

            Throwable refusal = catchThrowable(new Weld().setClassLoader(loader)::initialize);

            assertThat(refusal).hasStackTraceContaining("CC-0101 Stock.find(long) (declared in Base)");
        }
    }
}
