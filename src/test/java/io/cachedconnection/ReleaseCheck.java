package io.cachedconnection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Opens the files that a release consists of, and looks for what Maven Central and users expect in them. Maven runs it alone,
 * by its name, once these files are made; with {@code -Prelease} it asks for signatures and the bill of materials, too.
 */
class ReleaseCheck {

    private static final Path DIRECTORY = Path.of(Objects.requireNonNull(System.getProperty("release.directory")));
    private static final String NAME = Objects.requireNonNull(System.getProperty("release.name"));
    private static final String VERSION = Objects.requireNonNull(System.getProperty("release.version"));

    private static Path file(String ending) {
        return DIRECTORY.resolve(NAME + ending);
    }

    private static List<String> entries(String ending) throws IOException {
        try (JarFile jar = new JarFile(file(ending).toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }

    private static Element xml(Path file) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        return document.getDocumentElement();
    }

    /** The children of this element that have this name. */
    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList all = parent.getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            Node node = all.item(i);
            if (node instanceof Element child && child.getNodeName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The text at the end of a path of names, or what says that there is none. */
    private static String text(Element start, String... path) {
        Element at = start;
        for (String name : path) {
            List<Element> next = children(at, name);
            if (next.isEmpty()) {
                return "no " + name;
            }
            at = next.get(0);
        }
        return at.getTextContent().strip();
    }

    @Test
    void jar_manifest_tellsNameVersionModuleAndJdk() throws IOException {
        try (JarFile jar = new JarFile(file(".jar").toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue("Implementation-Title")).isEqualTo("cached-connection");
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo(VERSION);
            assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo("io.cachedconnection");
            assertThat(manifest.getValue("Build-Jdk-Spec")).matches("[0-9]+");
        }
    }

    @Test
    void jar_license_isThatOfTheProject() throws IOException {
        try (JarFile jar = new JarFile(file(".jar").toFile());
                InputStream license = jar.getInputStream(jar.getEntry("META-INF/LICENSE"))) {
            assertThat(license).hasSameContentAs(Files.newInputStream(Path.of("LICENSE")));
        }
    }

    /** Files that others ship as well, such as the classes of a dependency, would be there twice in an application. */
    @Test
    void jar_entries_belongToThisLibrary() throws IOException {
        assertThat(entries(".jar"))
                .contains("io/cachedconnection/CachedConnection.class", "META-INF/beans.xml")
                .allMatch(name -> name.startsWith("META-INF/")
                        || "io/cachedconnection/".startsWith(name)
                        || name.startsWith("io/cachedconnection/"));
    }

    @Test
    void sources_haveEachClassOfTheJar() throws IOException {
        List<String> classes = entries(".jar").stream()
                .filter(name -> name.endsWith(".class") && !name.contains("$"))
                .map(name -> name.replace(".class", ".java"))
                .toList();

        assertThat(classes).isNotEmpty();
        assertThat(entries("-sources.jar")).containsAll(classes);
    }

    @Test
    void javadoc_hasThePublicApiAndNothingInternal() throws IOException {
        assertThat(entries("-javadoc.jar"))
                .contains("index.html", "io/cachedconnection/CachedConnection.html")
                .noneMatch(name -> name.contains("/internal/"));
    }

    @Test
    void pom_hasWhatMavenCentralRequires() throws Exception {
        Element pom = xml(DIRECTORY.resolve("flattened-pom.xml"));

        assertThat(text(pom, "groupId")).isEqualTo("io.cachedconnection");
        assertThat(text(pom, "artifactId")).isEqualTo("cached-connection");
        assertThat(text(pom, "version")).isEqualTo(VERSION);
        assertThat(text(pom, "name")).isEqualTo("cached-connection");
        assertThat(text(pom, "description")).hasSizeGreaterThan(40);
        assertThat(text(pom, "url")).startsWith("https://");
        assertThat(text(pom, "licenses", "license", "name")).isEqualTo("Apache-2.0");
        assertThat(text(pom, "licenses", "license", "url")).startsWith("https://www.apache.org/licenses/LICENSE-2.0");
        assertThat(text(pom, "developers", "developer", "name")).isNotEmpty().doesNotStartWith("no ");
        assertThat(text(pom, "scm", "connection")).startsWith("scm:git:https://");
        assertThat(text(pom, "scm", "developerConnection")).startsWith("scm:git:");
        assertThat(text(pom, "scm", "url")).startsWith("https://");
    }

    /** A consumer's Maven can have neither the parent nor what only this build needs. */
    @Test
    void pom_standsAlone() throws Exception {
        Path file = DIRECTORY.resolve("flattened-pom.xml");
        Element pom = xml(file);

        assertThat(Stream.of("parent", "build", "profiles", "properties", "dependencyManagement", "repositories"))
                .allMatch(name -> children(pom, name).isEmpty());
        assertThat(Files.readString(file, UTF_8)).doesNotContain("${", "<scope>test</scope>");
    }

    @Test
    void pom_bringsJedisAndCaffeineAndNothingElse() throws Exception {
        List<Element> dependencies = children(
                children(xml(DIRECTORY.resolve("flattened-pom.xml")), "dependencies")
                        .get(0),
                "dependency");

        assertThat(dependencies.stream()
                        .filter(dependency -> !text(dependency, "scope").equals("provided"))
                        .map(dependency -> text(dependency, "artifactId")))
                .containsExactly("jedis", "caffeine");
        assertThat(dependencies)
                .allMatch(dependency -> text(dependency, "version").matches("[0-9].*"));
    }

    @Test
    @EnabledIfSystemProperty(named = "release.is.signed", matches = "true")
    void release_everyFile_isSigned() {
        assertThat(Stream.of(".jar", "-sources.jar", "-javadoc.jar", ".pom", "-cyclonedx.json", "-cyclonedx.xml"))
                .allMatch(ending -> Files.isRegularFile(file(ending)))
                .allMatch(ending -> Files.isRegularFile(file(ending + ".asc")));
    }

    @Test
    @EnabledIfSystemProperty(named = "release.is.signed", matches = "true")
    void billOfMaterials_namesWhatComesAlongWithLicenceAndHash() throws Exception {
        Element bill = xml(file("-cyclonedx.xml"));
        List<Element> components = children(children(bill, "components").get(0), "component");

        assertThat(components.stream().map(component -> text(component, "name")))
                .containsExactlyInAnyOrder("jedis", "caffeine");
        assertThat(components)
                .allMatch(component ->
                        text(component, "licenses", "license", "id").matches("MIT|Apache-2.0"))
                .noneMatch(component -> text(component, "hashes").startsWith("no "));
    }
}
