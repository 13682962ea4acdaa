package io.cachedconnection.summary;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param failed the tests that failed, as {@code class.method}, each with the beginning of its reason
 */
record Report(String server, String java, Counts counts, Duration time, List<String> failed) {

    private static final int MOST_SHOWN = 300;
    private static final Pattern TEST_LINE = Pattern.compile("\\(\\w*(Test|IT)\\.java:\\d+\\)");

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
                .map(outcome -> name((Element) outcome.getParentNode()) + reason(outcome.getTextContent()))
                .toList();
    }

    private static String name(Element test) {
        return test.getAttribute("classname") + "." + test.getAttribute("name");
    }

    /** The beginning of the message and the innermost line of a test class, for a log of which only the end is kept. */
    private static String reason(String trace) {
        String message = trace.split("\\n\\s*at ", 2)[0].strip().replaceAll("\\s+", " ");
        String shown = message.length() > MOST_SHOWN ? message.substring(0, MOST_SHOWN) + " ..." : message;
        Matcher line = TEST_LINE.matcher(trace);
        return (shown.isEmpty() ? "" : ": " + shown) + (line.find() ? " " + line.group() : "");
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
