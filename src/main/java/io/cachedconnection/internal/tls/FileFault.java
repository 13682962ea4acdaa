package io.cachedconnection.internal.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Tells why a file cannot be read, in fixed words without its path or content. Also used for password files. */
public final class FileFault {

    private FileFault() {}

    /** Finds a problem of the file itself, without reading its content. */
    public static Optional<String> of(Path path) {
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                return Optional.of("it is not a regular file"); // a pipe could be read only once, and might never end
            }
        } catch (IOException e) {
            return Optional.of(of(e));
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of("the file may not be read by this process");
    }

    /** Describes the failure to access a file. */
    public static String of(IOException e) { // its message quotes the path
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException
                ? "the file may not be read by this process"
                : "the file cannot be read (" + e.getClass().getSimpleName() + ")";
    }
}
