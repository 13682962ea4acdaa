package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A small application with this library, which looks words up and writes them: how it is built, and its answers. */
final class WordsApplication {

    static final String SETTINGS = "META-INF/microprofile-config.properties";

    private final URI words;

    WordsApplication(String name) {
        words = Server.application(name).resolve("words");
    }

    /** The application with the library in it, at {@code /name/}. */
    static WebArchive war(String name, URI redis, String... settings) {
        return bare(name).addAsLibraries(libraries()).addAsResource(settings(redis, settings), SETTINGS);
    }

    /** The application alone. */
    static WebArchive bare(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Words.class, WordsServlet.class, InTransaction.class, InTransaction.Work.class)
                .addClass(InTransaction.Undone.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** What the file of settings says; with patience, so that on a busy machine a hit is a hit. */
    static StringAsset settings(URI redis, String... settings) {
        return new StringAsset("cached-connection.redis.uri=" + redis + "\ncached-connection.redis.timeout=PT5S\n"
                + String.join("\n", settings) + "\n");
    }

    /** The library and what it brings along, as the sample application has them. */
    static Collection<JavaArchive> libraries() {
        WebArchive sample = ShrinkWrap.create(ZipImporter.class, "sample.war")
                .importFrom(new File(Server.property("sample.war")))
                .as(WebArchive.class);
        return sample.getContent(Filters.include("/WEB-INF/lib/(?!embedded-redis).*\\.jar")).values().stream()
                .map(WordsApplication::library)
                .toList();
    }

    private static JavaArchive library(Node jar) {
        String name = jar.getPath().get().replaceAll(".*/", "");
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(jar.getAsset().openStream())
                .as(JavaArchive.class);
    }

    /** The word, and how often words were really looked up so far. */
    String find(int id) {
        return Http.get(words, "id=" + id);
    }

    void save(int id, String word) {
        write("save", id, word);
    }

    void replace(int id, String word) {
        write("replace", id, word);
    }

    void saveInVain(int id) {
        write("in-vain", id, "never");
    }

    private void write(String how, int id, String word) {
        assertThat(Http.post(words, "how=" + how + "&id=" + id + "&word=" + word))
                .isEqualTo("done");
    }

    /** Sees the word come from Redis, a write reach the next lookup, and a rollback leave the old one. */
    void assertThatItCaches(int id) {
        save(id, "old" + id);
        String hit = awaitHit(id);
        assertThat(hit).endsWith(" old" + id);

        saveInVain(id);
        assertThat(find(id)).endsWith(" old" + id);

        save(id, "new" + id);
        assertThat(find(id)).endsWith(" new" + id);
        assertThat(awaitHit(id)).endsWith(" new" + id);

        replace(id, "put" + id);
        assertThat(awaitHit(id)).endsWith(" put" + id);
    }

    /** Waits for Redis to be there only; the same count twice is a hit. */
    private String awaitHit(int id) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> find(id), found -> found.equals(find(id)));
    }
}
