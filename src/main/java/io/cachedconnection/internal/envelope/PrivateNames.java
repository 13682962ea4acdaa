package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Names that reveal nothing about a key without the secret {@code key}, not even by guessing: HMAC-SHA-256 (RFC 2104) of the
 * whole plain key, in URL-safe Base64.
 */
record PrivateNames(Key key) implements KeyNames {

    @Override
    public String name(String prefix, String parts) {
        byte[] code = hmac(key, (prefix + ":" + parts).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    /** Computes the HMAC-SHA-256 of {@code message}. */
    static byte[] hmac(Key key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    /** Avoids the hash code of the secret key: it is slow, called for every key in a map, and would leak part of the key. */
    @Override
    public int hashCode() {
        return PrivateNames.class.getName().hashCode();
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "PrivateNames[***]";
    }
}
