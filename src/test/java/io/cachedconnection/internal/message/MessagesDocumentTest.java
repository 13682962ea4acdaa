package io.cachedconnection.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message has its page, and every page its message. */
class MessagesDocumentTest {

    private static List<String> ids() {
        return new ClassFileImporter()
                .importPackages(Message.class.getPackageName()).stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(Message.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Stream.of(type.getEnumConstants()))
                        .map(message -> ((Message) message).id())
                        .sorted()
                        .toList();
    }

    private static List<String> headings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("docs/reference/messages.md"))) {
            return lines.filter(line -> line.startsWith("## CC-"))
                    .map(line -> line.substring(3))
                    .toList();
        }
    }

    @Test
    void ids_ofAllRooms_areDifferentAndWellFormed() {
        assertThat(ids()).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.matches("CC-0\\d{3}"));
    }

    @Test
    void headings_ofTheDocument_areTheIdsInTheirOrder() throws IOException {
        assertThat(headings()).isEqualTo(ids());
    }
}
