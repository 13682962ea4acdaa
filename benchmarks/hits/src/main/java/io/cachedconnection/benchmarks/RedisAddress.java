package io.cachedconnection.benchmarks;

import java.net.URI;
import java.util.Objects;

/** Where Redis is: said once by the runner to every fork, under the name that the library reads, too. */
final class RedisAddress {

    private static final String PROPERTY = "cached-connection.redis.uri";

    private RedisAddress() {}

    static URI ofThisFork() {
        return URI.create(Objects.requireNonNull(System.getProperty(PROPERTY), "Start the benchmarks by Main."));
    }

    /** For what runs in this JVM. */
    static void use(String uri) {
        System.setProperty(PROPERTY, uri);
    }

    static String jvmArgument(String uri) {
        return "-D" + PROPERTY + "=" + uri;
    }
}
