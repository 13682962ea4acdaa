package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the tests of this build have logged, and what they have printed, which is in Surefire's reports. */
public final class TestOutput {

    /** A line, and the file that has it. */
    public record Line(Path file, String text) {}

    private final List<Line> logged = new ArrayList<>();
    private final List<Line> printed = new ArrayList<>();

    private TestOutput(Path log, Path reports) throws IOException, XMLStreamException {
        for (Path file : files(log, ".log")) {
            logged.addAll(Files.readString(file, UTF_8)
                    .lines()
                    .map(text -> new Line(file, text))
                    .toList());
        }
        for (Path file : files(reports, ".xml")) {
            printed.addAll(
                    printedIn(file).lines().map(text -> new Line(file, text)).toList());
        }
    }

    public static TestOutput ofThisBuild() {
        try {
            return new TestOutput(directory("log.of.tests"), directory("reports.of.tests"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A report that is no XML.", e);
        }
    }

    public Stream<Line> lines() {
        return Stream.concat(logged.stream(), printed.stream());
    }

    public Stream<String> logged() {
        return logged.stream().map(Line::text);
    }

    public Stream<String> printed() {
        return printed.stream().map(Line::text);
    }

    private static Path directory(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new IllegalStateException("Nobody says where the output of the tests is: run them with Maven.");
        }
        return Path.of(path);
    }

    /** None if there is no such directory: whoever needs one will miss what is in it. */
    private static List<Path> files(Path directory, String end) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    /** Without the names of the tests, which may quote what they are given. */
    private static String printedIn(Path report) throws IOException, XMLStreamException {
        StringBuilder text = new StringBuilder();
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                reader.next();
                if (reader.isStartElement() && reader.getLocalName().startsWith("system-")) {
                    text.append(reader.getElementText()).append('\n');
                }
            }
            reader.close();
        }
        return text.toString();
    }
}
