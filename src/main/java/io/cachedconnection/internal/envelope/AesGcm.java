package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM with one key (NIST SP 800-38D). Only this key with the same additional data opens the sealed bytes: the id of the
 * key, a random nonce, the ciphertext and its tag. Thread-safe.
 */
final class AesGcm {

    static final int ID_BYTES = 4;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD = ID_BYTES + NONCE_BYTES + TAG_BYTES;
    private static final byte[] ID_LABEL = "cached-connection key id".getBytes(US_ASCII);

    private final Key key;
    private final byte[] id; // distinguishes keys and reveals nothing else of them
    private final FreshBytes random;
    // Creating a cipher takes ten times as long as using it, so a few are kept. They are not thread-local: threads may
    // be
    // virtual, and a server thread would retain the cipher, and so the key, after the application has ended.
    private final Queue<Cipher> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    AesGcm(Key key, FreshBytes random) {
        this.key = key;
        this.id = Arrays.copyOf(PrivateNames.hmac(key, ID_LABEL), ID_BYTES);
        this.random = random;
    }

    /** Tells whether the bytes from {@code start} on are the id of this key. */
    boolean isOf(byte[] sealed, int start) {
        return Arrays.equals(id, 0, ID_BYTES, sealed, start, Math.min(start + ID_BYTES, sealed.length));
    }

    /**
     * Returns the {@code head} followed by the sealed {@code content}. The head and the {@code place} are the additional data.
     */
    byte[] closed(byte[] head, byte[] place, byte[] content) {
        byte[] sealed = Arrays.copyOf(head, head.length + OVERHEAD + content.length);
        System.arraycopy(id, 0, sealed, head.length, ID_BYTES);
        byte[] nonce = random.next(NONCE_BYTES); // a nonce used twice with one key would reveal both contents
        System.arraycopy(nonce, 0, sealed, head.length + ID_BYTES, NONCE_BYTES);
        try {
            Cipher cipher = initialized(Cipher.ENCRYPT_MODE, nonce, head, place);
            cipher.doFinal(content, 0, content.length, sealed, head.length + ID_BYTES + NONCE_BYTES);
            idle.offer(cipher);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Keys are checked when the application starts.", e);
        }
    }

    /** Opens the content behind the {@code head} of {@code sealed}, whose stamps may have been filled in after sealing. */
    byte[] opened(byte[] head, byte[] sealed, byte[] place) throws UnreadableValueException {
        int start = head.length + ID_BYTES + NONCE_BYTES;
        if (sealed.length < start + TAG_BYTES) {
            throw new UnreadableValueException(Fault.UNTRUSTED, "cut off");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, head.length + ID_BYTES, start);
        try {
            Cipher cipher = initialized(Cipher.DECRYPT_MODE, nonce, head, place);
            byte[] content = cipher.doFinal(sealed, start, sealed.length - start);
            idle.offer(cipher);
            return content;
        } catch (AEADBadTagException e) {
            throw new UnreadableValueException(Fault.UNTRUSTED, "changed, or made for another place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Keys are checked when the application starts.", e);
        }
    }

    /**
     * Returns a cipher for exclusive use by the calling thread, which puts it back after use. Drop a cipher that has thrown.
     */
    private Cipher initialized(int mode, byte[] nonce, byte[] head, byte[] place) throws GeneralSecurityException {
        Cipher known = idle.poll();
        Cipher cipher = known == null ? Cipher.getInstance("AES/GCM/NoPadding") : known;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(place);
        return cipher;
    }
}
