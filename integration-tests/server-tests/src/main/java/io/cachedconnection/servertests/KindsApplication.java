package io.cachedconnection.servertests;

import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.kinds.inlibrary.InLibrary;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** An application with a repository of each kind of bean: what it is made of, and what it does with each. */
final class KindsApplication {

    /** How a repository does that is cached: the second lookup is a hit, and the one after a write is none. */
    static final String CACHED = "cached";

    private static final List<String> RESOURCES = List.of("bare-resource", "scoped-resource", "stateless-resource");

    private final URI root;
    private final int id = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    KindsApplication(String name) {
        root = Server.application(name);
    }

    /** The library of the application. */
    static JavaArchive library() {
        return ShrinkWrap.create(JavaArchive.class, "repositories.jar")
                .addPackage(InLibrary.class.getPackage())
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** The settings; with patience, so that on a busy machine a hit is a hit. */
    static StringAsset settings(String prefix) {
        return WordsApplication.settings(TestRedis.uri(), "cached-connection.key-prefix=" + prefix);
    }

    /** What becomes of each kind of repository. */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        Http.get(root.resolve("kinds"), "").lines().forEach(kind -> {
            String query = "kind=" + kind.replace(" ", "%20").replace("@", "%40") + "&id=" + id;
            outcomes.put(kind, outcome(root.resolve("kinds"), query));
        });
        RESOURCES.forEach(resource -> outcomes.put(resource, outcome(root.resolve("rest/" + resource), "id=" + id)));
        return outcomes;
    }

    private static String outcome(URI place, String query) {
        try {
            return seen(place, query);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()); // what the application says, to be seen beside the other kinds
        }
    }

    private static String seen(URI place, String query) {
        String first = Http.get(place, query);
        if (!Http.get(place, query).equals(first)) {
            return "not cached";
        }
        Http.post(place, query);
        return Http.get(place, query).equals(first) ? "not evicted" : CACHED;
    }

    /** Waits for Redis to be there. */
    void awaitHit() {
        String query = "kind=%40ApplicationScoped&id=" + (id - 1);
        URI place = root.resolve("kinds");
        await().atMost(Duration.ofSeconds(30)).until(() -> Http.get(place, query), Http.get(place, query)::equals);
    }
}
