package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a password and nothing else, as orchestrators mount them. */
final class PasswordFile {

    private static final long MOST_BYTES = 64 * 1024;

    private PasswordFile() {}

    /** The password in {@code file}: all of it but the end of its last line, which editors and echo add. */
    static Secret read(Path file) {
        String text = text(file);
        String password = text.replaceFirst("\\r?\\n\\z", "");
        if (password.isEmpty()) {
            throw new Refused("the file is empty");
        }
        return new Secret(password);
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) { // a pipe would be read once, and might never end
            throw new Refused("there is no such file");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Refused("the file is too large for a password");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new Refused("the file is not UTF-8");
        } catch (IOException e) { // which quotes the path
            throw new Refused("the file cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
