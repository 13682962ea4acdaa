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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments, messages and documents name their subjects. This test has the words and openings that leave a reader to guess one. */
class ProseTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern WORD_WITHOUT_A_SUBJECT = Pattern.compile(
            "\\b(anew|whoever|whatever|whichever|wherever|nobody|somebody|likewise|thereof|whence)\\b",
            Pattern.CASE_INSENSITIVE);

    /** A javadoc that begins so cannot be read alone. */
    private static final Pattern OPENING_WITHOUT_A_SUBJECT =
            Pattern.compile("^/\\*\\*[\\s*]*(The same|Those|That of|As above|As before|What|Whose|And|Nor|Neither)\\b");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<=\\s)//[^\\n]*", Pattern.DOTALL);

    private static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
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

    private static Stream<String> found(Pattern pattern, String text, Path file) {
        return pattern.matcher(text).results().map(match -> file + ": " + text.substring(match.start(), match.end()));
    }

    private static List<String> comments(Path file) {
        return COMMENT.matcher(text(file)).results().map(MatchResult::group).toList();
    }

    @Test
    void comments_haveSubjects() {
        assertThat(files(SOURCES, ".java")).hasSizeGreaterThan(200);
        assertThat(files(SOURCES, ".java").stream()
                        .flatMap(file -> comments(file).stream()
                                .flatMap(comment -> Stream.concat(
                                        found(WORD_WITHOUT_A_SUBJECT, comment, file),
                                        found(OPENING_WITHOUT_A_SUBJECT, comment, file)))))
                .isEmpty();
    }

    @Test
    void messages_haveSubjects() {
        List<Path> catalogues = files(SOURCES.resolve("io/cachedconnection/internal/message"), "Message.java");

        assertThat(catalogues).hasSizeGreaterThan(5);
        assertThat(catalogues.stream().flatMap(file -> found(WORD_WITHOUT_A_SUBJECT, text(file), file)))
                .isEmpty();
    }

    @Test
    void documents_haveSubjects() {
        assertThat(Stream.concat(Stream.of(Path.of("README.md")), files(Path.of("docs"), ".md").stream())
                        .flatMap(page -> found(WORD_WITHOUT_A_SUBJECT, text(page), page)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** The same without a result. */",
                "/** Those of a bean. */",
                "/**\n     * What is kept.\n     */",
            })
    void openings_withoutASubject_areFound(String javadoc) {
        assertThat(OPENING_WITHOUT_A_SUBJECT.matcher(javadoc).find()).isTrue();
    }
}
