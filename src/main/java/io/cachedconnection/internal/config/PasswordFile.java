package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.tls.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a password and nothing else, as orchestrators mount them. */
final class PasswordFile {

    private static final long MOST_BYTES = 64 * 1024;

    private PasswordFile() {}

    /** The password in {@code file}: its only line, without the line's end, which editors and echo add. */
    static Secret read(Path file) {
        String text = text(file);
        String password = text.replaceFirst("\\r?\\n\\z", "");
        if (password.isEmpty()) {
            throw new Refused("the file is empty");
        }
        if (password.isBlank()) {
            throw new Refused("the file holds nothing but white space");
        }
        if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
            throw new Refused("the file has more than one line");
        }
        return new Secret(password);
    }

    private static String text(Path file) {
        FileFault.of(file).ifPresent(fault -> {
            throw new Refused(fault);
        });
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Refused("the file is too large for a password");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new Refused("the file is not UTF-8");
        } catch (IOException e) {
            throw new Refused(FileFault.of(e));
        }
    }
}
