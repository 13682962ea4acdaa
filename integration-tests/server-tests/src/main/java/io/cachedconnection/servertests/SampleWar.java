package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.slf4j.LoggerFactory;

/** The sample application as it was built, with nothing changed but the address of Redis and the prefix of its keys. */
final class SampleWar {

    private static final String SETTINGS = "META-INF/microprofile-config.properties";

    private SampleWar() {}

    /**
     * The application at {@code /name/}, with its Redis at this address. Its keys begin with its name: a write whose outcome is
     * unknown keeps its cache empty for a while, for all who share it.
     */
    static WebArchive named(String name, URI redis) {
        return named(name, redis.toString());
    }

    /** The same with an address that {@link URI} does not understand, but the library does. */
    static WebArchive named(String name, String redis) {
        return with(
                built("sample.war", name),
                "cached-connection.redis.uri=" + redis + "\ncached-connection.key-prefix=" + name);
    }

    /** An application as it was built, from the file that this system property names. */
    static WebArchive built(String property, String name) {
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(new File(Server.property(property)))
                .as(WebArchive.class);
    }

    /** The same application with one more setting. */
    static WebArchive with(WebArchive sample, String setting) {
        String settings = text(sample, "WEB-INF/classes/" + SETTINGS) + "\n" + setting + "\n";
        return sample.addAsResource(new StringAsset(settings), SETTINGS);
    }

    /** The jar that this class comes from, for tests that run inside the server. */
    static JavaArchive library(Class<?> type) {
        try {
            var source = type.getProtectionDomain().getCodeSource().getLocation();
            return ShrinkWrap.createFromZipFile(JavaArchive.class, new File(source.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("An entry of the class path is malformed.", e);
        }
    }

    /** What an application that uses Jedis by itself has to bring, because the library does not. */
    static JavaArchive[] librariesOfJedis() {
        return new JavaArchive[] {library(GenericObjectPoolConfig.class), library(LoggerFactory.class)};
    }

    private static String text(WebArchive war, String path) {
        try (InputStream in = war.get(path).getAsset().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " of the sample cannot be read.", e);
        }
    }
}
