package io.cachedconnection.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells a file from its successor of the same name.
 *
 * @param file the number of the file, which changes where a link is led elsewhere; null where files have none
 */
record Stamp(FileTime modified, long size, @Nullable Object file) {

    /** That of whatever is not there. */
    private static final Stamp NOTHING = new Stamp(FileTime.fromMillis(0), -1, null);

    static Stamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) { // who reads it will say why
            return NOTHING;
        }
    }
}
