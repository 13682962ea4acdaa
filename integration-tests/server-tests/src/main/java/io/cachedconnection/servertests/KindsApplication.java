package io.cachedconnection.servertests;

import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.kinds.BareResource;
import io.cachedconnection.servertests.kinds.Kinds;
import io.cachedconnection.servertests.kinds.KindsServlet;
import io.cachedconnection.servertests.kinds.RestApplication;
import io.cachedconnection.servertests.kinds.ScopedResource;
import io.cachedconnection.servertests.kinds.StatelessResource;
import io.cachedconnection.servertests.kinds.inlibrary.InLibrary;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application with a repository of each kind of bean: what it is made of, and what it does with each. */
final class KindsApplication {

    /** How a repository does that is cached: the second lookup is a hit, and the one after a write is none. */
    static final String CACHED = "cached";

    /** How one does whose methods nothing intercepts. */
    static final String NOT_CACHED = "not cached";

    /** The resource that is a bean on some servers only. */
    static final String WITHOUT_SCOPE = "bare-resource";

    private static final List<String> RESOURCES = List.of(WITHOUT_SCOPE, "scoped-resource", "stateless-resource");

    /** In a module for session beans, WildFly finds no class that has only a stereotype to say that it is a bean. */
    private static final StringAsset ALL_CLASSES = new StringAsset("""
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="all"/>
            """);

    private static final Pattern SESSION_BEANS =
            Pattern.compile("@Stateless.*|@Stateful|@Singleton|@Singleton with .*|stateless-resource");

    private final URI root;
    private final int id = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);

    KindsApplication(String name) {
        root = Server.application(name);
    }

    /** All in one WAR but the library of the application, which is a jar in it. */
    static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Kinds.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsLibraries(WordsApplication.libraries())
                .addAsLibrary(library())
                .addAsResource(settings(name), WordsApplication.SETTINGS);
    }

    /** The repositories in a module for session beans, libraries and settings in {@code lib/}, the rest in a WAR. */
    static EnterpriseArchive ear(String name, String war) {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibraries(WordsApplication.libraries())
                .addAsLibrary(library())
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "settings.jar")
                        .addAsResource(settings(name), WordsApplication.SETTINGS))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "repositories-ejb.jar")
                        .addPackage(Kinds.class.getPackage())
                        .deleteClasses(ofTheWeb())
                        .addAsManifestResource(ALL_CLASSES, "beans.xml"))
                .addAsModule(ShrinkWrap.create(WebArchive.class, war + ".war")
                        .addClasses(ofTheWeb())
                        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml"));
    }

    private static Class<?>[] ofTheWeb() {
        return new Class<?>[] {
            KindsServlet.class, RestApplication.class, BareResource.class, ScopedResource.class, StatelessResource.class
        };
    }

    private static JavaArchive library() {
        return ShrinkWrap.create(JavaArchive.class, "repositories.jar")
                .addPackage(InLibrary.class.getPackage())
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** With patience, so that on a busy machine a hit is a hit. */
    private static StringAsset settings(String prefix) {
        return WordsApplication.settings(TestRedis.uri(), "cached-connection.key-prefix=" + prefix);
    }

    /** What becomes of each kind of repository. */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        Http.get(root.resolve("kinds"), "")
                .lines()
                .filter(KindsApplication::isThere)
                .forEach(kind -> {
                    String query = "kind=" + kind.replace(" ", "%20").replace("@", "%40") + "&id=" + id;
                    outcomes.put(kind, outcome(root.resolve("kinds"), query));
                });
        RESOURCES.forEach(resource -> outcomes.put(resource, outcome(root.resolve("rest/" + resource), "id=" + id)));
        return outcomes;
    }

    private static boolean isThere(String kind) {
        return !Server.lacks(Needs.SESSION_BEANS)
                || !SESSION_BEANS.matcher(kind).matches();
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
            return NOT_CACHED;
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
