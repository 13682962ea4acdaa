package io.cachedconnection.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a Redis URI, to be shown: a user and a password may stand before them. Not parsed by
 * {@link java.net.URI}, which quotes the whole text in its errors, password included.
 */
final class RedisAddress {

    // Without an @ at the end: a password with a slash in it would else pass for the host and what follows it.
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://"
            + "(?:[^/?#]*@)?"
            + "(?<shown>(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?)"
            + "(?:[/?#][^@]*)?");

    private RedisAddress() {}

    /** The host and the port, if one is said; "unknown" if they cannot be told from the rest for sure. */
    static String shown(String uri) {
        Matcher matcher = SHAPE.matcher(uri.strip());
        return matcher.matches() ? matcher.group("shown") : "unknown";
    }
}
