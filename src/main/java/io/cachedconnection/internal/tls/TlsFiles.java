package io.cachedconnection.internal.tls;

import io.cachedconnection.internal.core.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that TLS is made of. Of {@code CA} and {@code TRUST_STORE} there is one at most, else the Java platform says
 * whom to trust; of {@code CERTIFICATE} with {@code KEY} and {@code KEY_STORE} likewise, else we show no certificate.
 *
 * @param passwords those of the stores
 * @param verifyHost whether the server's certificate must name the host
 */
public record TlsFiles(Map<TlsPart, Path> paths, Map<TlsPart, Secret> passwords, boolean verifyHost) {

    /** Trusts whom the Java platform trusts, and shows nothing. */
    public static final TlsFiles NONE = new TlsFiles(Map.of(), Map.of(), true);

    public TlsFiles {
        paths = Map.copyOf(paths);
        passwords = Map.copyOf(passwords);
    }

    /** What is wrong with any of them, also where there are more of them than may be, or fewer. */
    public List<TlsException> refusals() {
        return new Refusals(this).all();
    }

    boolean has(TlsPart part) {
        return paths.containsKey(part);
    }

    /** The file for {@code part}, which there must be. */
    TlsFile file(TlsPart part) throws TlsException {
        @Nullable Path path = paths.get(part);
        if (path == null) {
            throw new TlsException(part, "there is none");
        }
        return new TlsFile(part, path);
    }

    /** Null where none is given: the store is not checked then, and what is encrypted in it not seen. */
    char @Nullable [] password(TlsPart part) {
        @Nullable Secret password = passwords.get(part);
        return password == null ? null : password.text().toCharArray();
    }
}
