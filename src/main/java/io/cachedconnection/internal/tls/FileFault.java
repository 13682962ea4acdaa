package io.cachedconnection.internal.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Why a file cannot be read, in fixed words: neither its path nor its content is in them. Passwords' files, too. */
public final class FileFault {

    private FileFault() {}

    /** What is wrong with the file itself; its content is not read. */
    public static Optional<String> of(Path path) {
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                return Optional.of("it is not a regular file"); // a pipe would be read once, and might never end
            }
        } catch (IOException e) {
            return Optional.of(of(e));
        }
        return Files.isReadable(path) ? Optional.empty() : Optional.of("the file may not be read by this process");
    }

    /** What went wrong on looking at it. */
    public static String of(IOException e) { // which quotes the path
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException
                ? "the file may not be read by this process"
                : "the file cannot be read (" + e.getClass().getSimpleName() + ")";
    }
}
