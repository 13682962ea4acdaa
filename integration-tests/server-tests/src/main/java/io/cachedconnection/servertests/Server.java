package io.cachedconnection.servertests;

import java.net.URI;

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

    /** The root of the application deployed under this name. */
    static URI application(String name) {
        return URI.create(property("server.url") + name + "/");
    }
}
