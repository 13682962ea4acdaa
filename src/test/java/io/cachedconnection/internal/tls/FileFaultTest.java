package io.cachedconnection.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {

    @TempDir
    Path directory;

    @Test
    void of_fileThatCanBeRead_isNone() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(FileFault.of(file)).isEmpty();
        assertThat(FileFault.of(Files.createSymbolicLink(directory.resolve("link"), file)))
                .isEmpty();
    }

    @Test
    void of_anythingElse_saysWhatItIs() {
        assertThat(FileFault.of(directory.resolve("missing"))).hasValue("there is no such file");
        assertThat(FileFault.of(directory)).hasValue("it is not a regular file");
        assertThat(FileFault.of(Path.of("/dev/null"))).hasValue("it is not a regular file");
    }

    // Not by taking away a right: whoever runs the tests may have them all.
    @Test
    void of_failure_saysItsKindAndNoPath() {
        assertThat(FileFault.of(new AccessDeniedException(Seeds.PASSWORD)))
                .isEqualTo("the file may not be read by this process");
        assertThat(FileFault.of(new NoSuchFileException(Seeds.PASSWORD))).isEqualTo("there is no such file");
        assertThat(FileFault.of(new FileSystemException(Seeds.PASSWORD)))
                .isEqualTo("the file cannot be read (FileSystemException)");
    }
}
