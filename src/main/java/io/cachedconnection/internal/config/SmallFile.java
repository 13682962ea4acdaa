package io.cachedconnection.internal.config;

import io.cachedconnection.internal.tls.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of text that holds secrets and little else, as orchestrators mount them. */
final class SmallFile {

    private static final long MOST_BYTES = 64 * 1024;

    private SmallFile() {}

    /** The text in {@code file}, which is for {@code use}: refused is what cannot be that. */
    static String text(Path file, String use) {
        FileFault.of(file).ifPresent(fault -> {
            throw new InvalidValue(fault);
        });
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidValue("the file is too large for " + use);
            }
            return notEmpty(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new InvalidValue("the file is not UTF-8");
        } catch (IOException e) {
            throw new InvalidValue(FileFault.of(e));
        }
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new InvalidValue("the file is empty");
        }
        return text;
    }
}
