package io.cachedconnection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No server's class is named in a text of the library either, as for a lookup by reflection; names of JNDI may be, if they are
 * documented.
 */
class NamesOfServersTest {

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern CLASS_OF_A_SERVER = Pattern.compile(
            "\\b(org[./](jboss|wildfly|glassfish|apache|hibernate)"
                    + "|com[./](sun|ibm|oracle)|fish[./]payara|io[./](openliberty|quarkus|smallrye|helidon)|weblogic)[./]");
    private static final Pattern CLASS_OF_JAVA_EE = Pattern.compile(
            "\\bjavax[./](inject|enterprise|interceptor|decorator|ejb|persistence|servlet|ws|json|jms|faces|el|annotation"
                    + "|transaction[./](?!xa))");

    /** Libraries that any server may run: what their annotations ask for, what their values do, and what must not be lost. */
    private static final List<String> OF_LIBRARIES = List.of(
            "io.quarkus.security.",
            "fish.payara.cdi.auth.",
            "org.apache.deltaspike.security.",
            "org.apache.shiro.authz.",
            "org.apache.johnzon.",
            "io.smallrye.mutiny.",
            "org.jboss.resteasy.reactive.RestResponse");

    private static final Pattern NAME_OF_JNDI = Pattern.compile("java:\\w+");

    private static List<String> literals() {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> file.toString().endsWith(".java")
                            ? LITERAL.matcher(text(file)).results().map(MatchResult::group)
                            : Stream.of(text(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void texts_nameNoClassOfAServer() {
        assertThat(literals()).hasSizeGreaterThan(500);
        assertThat(literals().stream()
                        .filter(CLASS_OF_A_SERVER.asPredicate())
                        .filter(literal -> OF_LIBRARIES.stream().noneMatch(literal.substring(1)::startsWith)))
                .isEmpty();
    }

    @Test
    void texts_nameNoClassOfJavaEE() {
        assertThat(literals()).noneMatch(CLASS_OF_JAVA_EE.asPredicate());
    }

    @Test
    void texts_namesOfJndi_areDocumented() throws IOException {
        String document = Files.readString(Path.of("docs/reference/servers.md"));

        assertThat(literals().stream()
                        .flatMap(text -> NAME_OF_JNDI.matcher(text).results())
                        .map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(document).contains(name));
    }
}
