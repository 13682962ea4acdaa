package io.cachedconnection.servertests;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server's JVM, as the application that watches it tells. */
final class ServerWatch {

    static final String NAME = "server-watch";
    private static final URI JVM = Server.application(NAME).resolve("jvm");

    private ServerWatch() {}

    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, NAME + ".war").addClass(WatchServlet.class);
    }

    /** The names of the library's threads, of all applications. */
    static List<String> threads() {
        return Http.get(JVM, "of=threads")
                .lines()
                .filter(name -> name.contains("cached-connection"))
                .sorted()
                .toList();
    }

    /** The names of the library's MBeans, of all applications. */
    static List<String> beans() {
        return Http.get(JVM, "of=beans").lines().sorted().toList();
    }

    /** How many class loaders have loaded this class and have not been collected. Collects garbage first. */
    static int loaders(String type) {
        Http.get(JVM, "of=gcClassHistogram");
        String hierarchy = Http.get(JVM, "of=vmClassHierarchy&argument=" + type);
        return (int) Pattern.compile(Pattern.quote(type) + "/0x")
                .matcher(hierarchy)
                .results()
                .count();
    }

    /** How many instances of this class are reachable, of all class loaders. */
    static int instances(String type) {
        return Http.get(JVM, "of=gcClassHistogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(type))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }
}
