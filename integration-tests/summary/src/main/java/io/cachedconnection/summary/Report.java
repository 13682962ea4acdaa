package io.cachedconnection.summary;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * What Surefire or Failsafe has reported of one test class.
 *
 * @param server the server that it ran on, as its module calls it; empty if on none
 * @param java the version of Java it ran on, which is the server's
 * @param counts how its tests went
 * @param time how long they took
 * @param failed the tests that failed, as {@code class.method}
 */
record Report(String server, String java, Counts counts, Duration time, List<String> failed) {

    static Report of(Path file) {
        try {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            return new Report(
                    property(suite, "server.name"),
                    property(suite, "java.version"),
                    counts(suite),
                    time(suite),
                    failed(suite));
        } catch (Exception e) {
            throw new IllegalStateException("The report " + file + " cannot be read.", e);
        }
    }

    /** This one and another of the same server. */
    Report plus(Report other) {
        List<String> both =
                Stream.concat(failed.stream(), other.failed.stream()).toList();
        return new Report(server, java, counts.plus(other.counts), time.plus(other.time), both);
    }

    private static List<String> failed(Element suite) {
        return Stream.of("failure", "error")
                .flatMap(kind -> elements(suite, kind))
                .map(outcome -> (Element) outcome.getParentNode())
                .map(test -> test.getAttribute("classname") + "." + test.getAttribute("name"))
                .toList();
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
        return elements(suite, "property")
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> elements(Element suite, String name) {
        var elements = suite.getElementsByTagName(name);
        return IntStream.range(0, elements.getLength()).mapToObj(i -> (Element) elements.item(i));
    }
}
