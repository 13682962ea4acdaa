package io.cachedconnection.internal.json;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;

/** The providers of JSON-B that servers bring, each with the JSON-P that comes with it. */
public enum Provider {
    /** Of WildFly, Payara, Open Liberty, GlassFish and Quarkus. */
    YASSON("yasson", "parsson"),

    /** Of TomEE. */
    JOHNZON("johnzon-jsonb", "johnzon-core");

    private final String jsonb;
    private final String jsonp;

    Provider(String jsonb, String jsonp) {
        this.jsonb = jsonb;
        this.jsonp = jsonp;
    }

    /** Codecs as a server makes them that has this provider and no other. */
    public JsonbCodecs codecs() {
        return seen(JsonbCodecs::new);
    }

    /** The provider by itself. */
    public Jsonb alone() {
        return seen(JsonbBuilder::create);
    }

    /** What is made where a server has this provider and no other. */
    public <T> T seen(Supplier<T> made) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Seen(before, List.of(jsonb, jsonp)));
        try {
            return made.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A class loader through which only the providers of some jars are seen. */
    private static final class Seen extends ClassLoader {

        private static final String PROVIDERS = "META-INF/services/jakarta.json.";

        private final List<String> jars;

        Seen(ClassLoader all, List<String> jars) {
            super(all);
            this.jars = jars;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            Enumeration<URL> all = super.getResources(name);
            return name.startsWith(PROVIDERS)
                    ? Collections.enumeration(
                            Collections.list(all).stream().filter(this::isSeen).toList())
                    : all;
        }

        private boolean isSeen(URL service) {
            String path = service.getPath();
            String jar = path.substring(0, path.lastIndexOf("!"));
            String file = jar.substring(jar.lastIndexOf('/') + 1);
            return jars.stream().anyMatch(file::startsWith);
        }
    }
}
