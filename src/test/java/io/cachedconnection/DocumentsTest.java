package io.cachedconnection;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/**
 * Checks every page: its links lead somewhere, its opening says what one gets, its Java compiles, its settings exist, its XML
 * and JSON parse. CONTRIBUTING.md says how to write a snippet.
 */
class DocumentsTest {

    private static final Path DOCS = Path.of("docs");
    private static final String CONFIGURATION = "docs/reference/configuration.md";
    private static final String MESSAGES = "docs/reference/messages.md";

    /** Pages whose snippets are parts of files that are compiled and run elsewhere, and where those files are. */
    private static final Map<String, String> SHOWN = Map.of(
            "docs/how-to/test-without-redis.md", "integration-tests/testing-guide/src/test",
            "docs/getting-started/", "integration-tests/getting-started");

    private static final Pattern FENCE = Pattern.compile("(?m)^```([^\n]*)\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern SETTING = Pattern.compile("`(cached-connection\\.[a-z<>.-]*[a-z])`");
    private static final Pattern MESSAGE = Pattern.compile("CC-\\d{4}");
    private static final Pattern THREAD =
            Pattern.compile("(?:Thread|threads|daemons)\\([^;{]*\"cached-connection-([a-z]+)\"");

    private static final String IMPORTS = Stream.of(
                    "io.cachedconnection.*",
                    "io.cachedconnection.provider.*",
                    "jakarta.annotation.Priority",
                    "jakarta.ejb.*",
                    "jakarta.enterprise.context.*",
                    "jakarta.enterprise.inject.Produces",
                    "jakarta.inject.*",
                    "jakarta.interceptor.*",
                    "jakarta.json.bind.annotation.*",
                    "jakarta.persistence.*",
                    "jakarta.transaction.*",
                    "java.lang.annotation.*",
                    "java.math.*",
                    "java.time.*",
                    "java.util.*",
                    "java.util.concurrent.locks.ReentrantLock",
                    "static java.lang.annotation.ElementType.*",
                    "static java.lang.annotation.RetentionPolicy.*",
                    "static java.nio.charset.StandardCharsets.*")
            .map(name -> "import " + name + ";\n")
            .collect(joining());

    private record Snippet(String language, String text) {}

    /** A page, by its path from the root of the repository, with {@code /} on every system. */
    private record Page(String name, String text) {

        List<Snippet> snippets(String language) {
            return FENCE.matcher(text)
                    .results()
                    .map(found -> new Snippet(found.group(1).strip(), found.group(2)))
                    .filter(snippet -> snippet.language().equals(language))
                    .toList();
        }

        String prose() {
            return FENCE.matcher(text).replaceAll("");
        }

        String headings() {
            return prose().lines().filter(line -> line.startsWith("#")).collect(joining("\n"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Page> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(
                            Stream.concat(root, docs)
                                    .filter(path -> path.toString().endsWith(".md")),
                            Stream.of(Path.of("benchmarks/README.md")))
                    .sorted()
                    .map(DocumentsTest::page)
                    .toList();
        }
    }

    static List<Page> documents() throws IOException {
        return pages().stream()
                .filter(page -> page.name().startsWith("docs/") || page.name().equals("README.md"))
                .toList();
    }

    private static Page page(Path path) {
        try {
            return new Page(path.toString().replace('\\', '/'), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void links_leadToFilesAndHeadings(Page page) {
        List<String> dead = new ArrayList<>();
        Matcher link = LINK.matcher(page.prose());
        while (link.find()) {
            if (!link.group(1).contains(":")) {
                Path parent = Path.of(page.name()).resolveSibling(link.group(1)).normalize();
                Path target = link.group(1).isEmpty() ? Path.of(page.name()) : parent;
                if (!Files.exists(target)) {
                    dead.add(link.group());
                } else if (link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    dead.add(link.group() + ", a heading that is not there");
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    private static Set<String> anchors(Path target) {
        Set<String> anchors = new HashSet<>();
        for (String heading : page(target).headings().lines().toList()) {
            String text = heading.replaceFirst("^#+ ", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
            String kept = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "");
            anchors.add(kept.strip().replace(' ', '-'));
        }
        return anchors;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void opening_isUpToThreeLinesOfText(Page page) {
        List<String> lines = page.text().lines().toList();
        List<String> opening =
                lines.stream().skip(2).takeWhile(line -> !line.isBlank()).toList();

        assertThat(lines.get(0)).startsWith("# ");
        assertThat(lines.get(1)).isEmpty();
        assertThat(opening).hasSizeBetween(1, 3);
        assertThat(opening.get(0)).matches("\\p{L}.*");
    }

    @Test
    void index_leadsToEveryPage() throws IOException {
        Set<String> linked = new TreeSet<>();
        for (String index : List.of("docs/index.md", "docs/getting-started/index.md")) {
            Matcher link = LINK.matcher(page(Path.of(index)).prose());
            while (link.find()) {
                linked.add(Path.of(index)
                        .resolveSibling(link.group(1))
                        .normalize()
                        .toString()
                        .replace('\\', '/'));
            }
        }

        assertThat(linked)
                .containsAll(documents().stream()
                        .map(Page::name)
                        .filter(name -> !name.equals("docs/index.md"))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void settings_exist(Page page) {
        Set<String> used = new TreeSet<>();
        page.snippets("properties").forEach(snippet -> {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(snippet.text()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            used.addAll(properties.stringPropertyNames());
        });
        SETTING.matcher(page.prose()).results().map(found -> found.group(1)).forEach(used::add);
        used.removeIf(key -> !key.startsWith("cached-connection."));

        used.removeIf(
                key -> settings().contains(key.replaceFirst("^(cached-connection\\.cache\\.)[a-z-]+\\.", "$1<name>.")));

        assertThat(used).isEmpty();
    }

    // ConfigurationDocumentTest holds that table to the code.
    private static Set<String> settings() {
        Set<String> settings = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([^`]*)` \\|")
                .matcher(page(Path.of(CONFIGURATION)).text());
        while (row.find()) {
            settings.add(row.group(1));
        }
        return settings;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void messages_exist(Page page) {
        Set<String> used =
                MESSAGE.matcher(page.text()).results().map(MatchResult::group).collect(toSet());
        Pattern.compile("(?m)^(?:## |- )(CC-\\d{4})") // a heading, or a line of the list of those that are gone
                .matcher(page(Path.of(MESSAGES)).text())
                .results()
                .forEach(found -> used.remove(found.group(1)));

        assertThat(used).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void data_parses(Page page) {
        assertThat(page.snippets("xml")).allSatisfy(snippet -> {
            String text = snippet.text().replaceFirst("^<\\?xml.*?\\?>", "");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<all>" + text + "</all>")));
        });
        assertThat(page.snippets("json"))
                .allSatisfy(snippet ->
                        Json.createReader(new StringReader(snippet.text())).read());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void snippets_ofThesePages_areInFilesThatRun(Page page) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> entry : SHOWN.entrySet()) {
            if (page.name().startsWith(entry.getKey())) {
                try (Stream<Path> files = Files.walk(Path.of(entry.getValue()))) {
                    for (Path file : files.filter(Files::isRegularFile)
                            .filter(path -> !path.toString().contains("target"))
                            .toList()) {
                        all.append(withoutIndentation(Files.readString(file))).append("\n\n");
                    }
                }
            }
        }
        if (!all.isEmpty()) {
            List<String> shown = Stream.of("java", "properties", "xml")
                    .flatMap(language -> page.snippets(language).stream())
                    .map(snippet -> withoutIndentation(snippet.text()))
                    .toList();
            if (page.name().endsWith("test-without-redis.md")) {
                assertThat(shown).hasSizeGreaterThan(5);
            }
            assertThat(shown).allSatisfy(snippet -> assertThat(all.toString()).contains(snippet));
        }
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining("\n"));
    }

    @Test
    void architecture_namesEveryThread() throws IOException {
        String architecture = Files.readString(DOCS.resolve("internals/architecture.md"));
        Set<String> threads = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                THREAD.matcher(Files.readString(file)).results().forEach(found -> threads.add(found.group(1)));
            }
        }

        assertThat(threads)
                .hasSizeGreaterThan(5)
                .allSatisfy(thread -> assertThat(architecture).contains("| `" + thread + "`"));
    }

    @Test
    void java_compiles() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (Page page : documents()) {
            if (SHOWN.keySet().stream().noneMatch(page.name()::startsWith)
                    && !page.snippets("java").isEmpty()) {
                sources.add(source(page.name(), unit(page)));
            }
        }

        assertThat(errors(sources, false)).isEmpty();
        assertThat(sources).hasSizeGreaterThan(5);
    }

    /** Each snippet is a class that sees what those before it declare, and what {@code src/test/resources/documents} has for its page. */
    private static String unit(Page page) throws IOException {
        String name = page.name().replaceFirst("^docs/", "").replaceFirst("\\.md$", "");
        Path context = Path.of("src/test/resources/documents", name + ".java");
        StringBuilder unit =
                new StringBuilder("package documents.page_" + name.replaceAll("[/-]", "_") + ";\n" + IMPORTS);
        StringBuilder types = new StringBuilder(
                "abstract class Page {\n" + (Files.exists(context) ? Files.readString(context) : "") + "}\n");
        String before = "Page";
        int number = 0;
        for (Snippet snippet : page.snippets("java")) {
            String code = snippet.text().replace("{ ... }", "{ throw new AssertionError(); }");
            unit.append(code.lines().filter(line -> line.startsWith("import ")).collect(joining("\n", "", "\n")));
            code = code.replaceAll("(?m)^(import|package) .*$", "");
            String after = "Snippet" + ++number;
            types.append("abstract class " + after + " extends " + before + " {\n" + body(code) + "}\n");
            before = after;
        }
        return unit.append(types).toString();
    }

    // Types are seen by the snippets that follow; members and statements are not.
    private static String body(String code) throws IOException {
        if (errors(List.of(source("types", code)), true).isEmpty()) {
            return code;
        }
        String members = "abstract class Members {\n" + code + "}\n";
        if (errors(List.of(source("members", members)), true).isEmpty()) {
            return members;
        }
        String result = Pattern.compile("(?m)^return ").matcher(code).find() ? "Object" : "void";
        return "abstract class Statements {\n" + result + " run() throws Throwable {\n" + code + "}\n}\n";
    }

    /** For the oldest supported Java: newer ones take members without a class for a class. */
    private static List<String> errors(List<JavaFileObject> sources, boolean syntaxOnly) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-classpath",
                System.getProperty("java.class.path"));
        com.sun.source.util.JavacTask task =
                (com.sun.source.util.JavacTask) compiler.getTask(null, null, found, options, null, sources);
        task.parse();
        if (!syntaxOnly) {
            task.analyze();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(DocumentsTest::told)
                .toList();
    }

    private static String told(Diagnostic<? extends JavaFileObject> diagnostic) {
        JavaFileObject source = diagnostic.getSource();
        try {
            String text = source == null ? "" : source.getCharContent(true).toString();
            String line = text.lines()
                    .skip(Math.max(0, diagnostic.getLineNumber() - 1))
                    .findFirst()
                    .orElse("");
            return (source == null ? "" : source.getName()) + ": " + diagnostic.getMessage(Locale.ROOT) + " in: "
                    + line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.replaceAll("\\.md$", "") + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }

            @Override
            public boolean isNameCompatible(String simpleName, Kind kind) {
                return true; // a snippet may have several public types
            }
        };
    }
}
