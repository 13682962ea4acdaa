package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Secret;
import java.nio.file.Path;

/** A file that holds a password and nothing else, as orchestrators mount them. */
final class PasswordFile {

    private PasswordFile() {}

    /** The password in {@code file}: its only line, without the line's end, which editors and echo add. */
    static Secret read(Path file) {
        String text = SmallFile.text(file, "a password");
        String password = text.replaceFirst("\\r?\\n\\z", "");
        if (password.isEmpty()) {
            throw new InvalidValue("the file is empty");
        }
        if (password.isBlank()) {
            throw new InvalidValue("the file holds nothing but white space");
        }
        if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
            throw new InvalidValue("the file has more than one line");
        }
        return new Secret(password);
    }
}
