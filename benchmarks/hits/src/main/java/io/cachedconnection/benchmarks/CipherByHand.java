package io.cachedconnection.benchmarks;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM with a cipher for each call, which is what a thread that lives for one call has to do. */
final class CipherByHand {

    private static final GCMParameterSpec NONCE = new GCMParameterSpec(128, new byte[12]);

    private final byte[] sealed;

    CipherByHand(byte[] content) {
        sealed = done(Cipher.ENCRYPT_MODE, content); // once only, so the nonce is used once
    }

    byte[] opened() {
        return done(Cipher.DECRYPT_MODE, sealed);
    }

    private static byte[] done(int mode, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, Wrapped.KEY, NONCE);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
