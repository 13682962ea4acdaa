package io.cachedconnection.internal.config;

import static io.cachedconnection.internal.config.InvalidValue.require;

import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.tls.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small text files with secrets, as orchestrators mount them. */
final class SecretFile {

    private static final long MOST_BYTES = 64 * 1024;

    private SecretFile() {}

    /** Reads the text in {@code file}, which is for {@code use}; refuses unsuitable files. */
    static String text(Path file, String use) {
        FileFault.of(file).ifPresent(fault -> {
            throw new InvalidValue(fault);
        });
        try {
            require(Files.size(file) <= MOST_BYTES, "the file is too large for " + use);
            String text = Files.readString(file);
            require(!text.isEmpty(), "the file is empty");
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidValue("the file is not UTF-8");
        } catch (IOException e) {
            throw new InvalidValue(FileFault.of(e));
        }
    }

    /** Reads the password in {@code file}: its only line, without the line break that editors and echo add. */
    static Secret password(Path file) {
        String password = text(file, "a password").replaceFirst("\\r?\\n\\z", "");
        require(!password.isEmpty(), "the file is empty");
        require(!password.isBlank(), "the file contains only white space");
        require(password.indexOf('\n') < 0 && password.indexOf('\r') < 0, "the file has more than one line");
        return new Secret(password);
    }
}
