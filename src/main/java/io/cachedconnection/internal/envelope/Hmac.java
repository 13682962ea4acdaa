package io.cachedconnection.internal.envelope;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;

/** HMAC-SHA-256 (RFC 2104). */
final class Hmac {

    private Hmac() {}

    /** The code of {@code message} under {@code key}. */
    static byte[] of(Key key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }
}
