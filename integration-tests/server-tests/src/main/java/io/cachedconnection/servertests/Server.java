package io.cachedconnection.servertests;

import java.net.URI;
import java.util.List;

/** The server under test, as its module describes it in system properties. */
final class Server {

    private Server() {}

    /** A setting that the module of the server must give. */
    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The module of the server does not set the system property " + name + ".");
        }
        return value;
    }

    /** Whether the module of the server says that this of {@link Needs} is not to be had. */
    static boolean lacks(String need) {
        return List.of(property("server.lacks").split(" \\| ", -1)).contains(need);
    }

    /** The root of the application deployed under this name. */
    static URI application(String name) {
        return URI.create(property("server.url") + name + "/");
    }
}
