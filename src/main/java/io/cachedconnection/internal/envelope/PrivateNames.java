package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.KeyNames;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Names from which nobody learns what a key is made of without {@code key}, not even by trying: HMAC-SHA-256 (RFC 2104) of
 * the whole key in clear, in Base64 for URLs.
 *
 * @param key of HMAC
 */
record PrivateNames(Key key) implements KeyNames {

    @Override
    public String name(String prefix, String parts) {
        byte[] code = mac().doFinal((prefix + ":" + parts).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "PrivateNames[***]";
    }
}
