package io.cachedconnection.summary;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * What Surefire or Failsafe has reported of one test class.
 *
 * @param server the server that it ran on, as its module calls it; empty if on none
 * @param java the version of Java it ran on, which is the server's
 * @param counts how its tests went
 * @param time how long they took
 */
record Report(String server, String java, Counts counts, Duration time) {

    static Report of(Path file) {
        try {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            return new Report(
                    property(suite, "server.name"), property(suite, "java.version"), counts(suite), time(suite));
        } catch (Exception e) {
            throw new IllegalStateException("The report " + file + " cannot be read.", e);
        }
    }

    /** This one and another of the same server. */
    Report plus(Report other) {
        return new Report(server, java, counts.plus(other.counts), time.plus(other.time));
    }

    private static Counts counts(Element suite) {
        int failed = number(suite, "failures") + number(suite, "errors");
        int skipped = number(suite, "skipped");
        return new Counts(number(suite, "tests") - failed - skipped, failed, skipped);
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static Duration time(Element suite) {
        double seconds = Double.parseDouble(suite.getAttribute("time").replace(",", ""));
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static String property(Element suite, String name) {
        var properties = suite.getElementsByTagName("property");
        return IntStream.range(0, properties.getLength())
                .mapToObj(i -> (Element) properties.item(i))
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElse("");
    }
}
