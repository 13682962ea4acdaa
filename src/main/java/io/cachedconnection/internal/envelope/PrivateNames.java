package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.KeyNames;
import java.security.Key;
import java.util.Base64;

/**
 * Names from which nobody learns what a key is made of without {@code key}, not even by trying: HMAC-SHA-256 (RFC 2104) of
 * the whole key in clear, in Base64 for URLs.
 *
 * @param key of HMAC
 */
record PrivateNames(Key key) implements KeyNames {

    @Override
    public String name(String prefix, String parts) {
        byte[] code = Hmac.of(key, (prefix + ":" + parts).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    /** Asked for with every key in a map; that of a secret key takes longer, and tells something of it. */
    @Override
    public int hashCode() {
        return PrivateNames.class.getName().hashCode();
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "PrivateNames[***]";
    }
}
