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
 * AES-256-GCM with one key (NIST SP 800-38D): what it has closed can be opened only with this key and the same additional
 * data. The sealed bytes are the id of the key, a random nonce, the cipher text and its tag. Thread-safe.
 */
final class AesGcm {

    static final int ID_BYTES = 4;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD = ID_BYTES + NONCE_BYTES + TAG_BYTES;
    private static final byte[] ID_LABEL = "cached-connection key id".getBytes(US_ASCII);

    private final Key key;
    private final byte[] id; // tells the key from others, and nothing else of it
    private final FreshBytes random;
    // To make a cipher takes ten times as long as to use it. They are few and belong to no thread: threads may be
    // virtual,
    // and a thread of the server would keep its cipher, and so the key, after the application has gone.
    private final Queue<Cipher> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    AesGcm(Key key, FreshBytes random) {
        this.key = key;
        this.id = Arrays.copyOf(PrivateNames.hmac(key, ID_LABEL), ID_BYTES);
        this.random = random;
    }

    /** Whether the bytes from {@code start} on are the id of this key. */
    boolean isOf(byte[] sealed, int start) {
        return Arrays.equals(id, 0, ID_BYTES, sealed, start, Math.min(start + ID_BYTES, sealed.length));
    }

    /** The {@code head} followed by the sealed {@code content}; the additional data are the head and the {@code place}. */
    byte[] closed(byte[] head, byte[] place, byte[] content) {
        byte[] sealed = Arrays.copyOf(head, head.length + OVERHEAD + content.length);
        System.arraycopy(id, 0, sealed, head.length, ID_BYTES);
        byte[] nonce = random.next(NONCE_BYTES); // twice the same with one key would give both contents away
        System.arraycopy(nonce, 0, sealed, head.length + ID_BYTES, NONCE_BYTES);
        try {
            Cipher cipher = ready(Cipher.ENCRYPT_MODE, nonce, head, place);
            cipher.doFinal(content, 0, content.length, sealed, head.length + ID_BYTES + NONCE_BYTES);
            idle.offer(cipher);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Keys are checked when the application starts.", e);
        }
    }

    /** What was sealed behind the {@code head} of {@code sealed}, in which stamps may have been filled in since. */
    byte[] opened(byte[] head, byte[] sealed, byte[] place) throws UnreadableValueException {
        int start = head.length + ID_BYTES + NONCE_BYTES;
        if (sealed.length < start + TAG_BYTES) {
            throw new UnreadableValueException(Fault.UNTRUSTED, "cut off");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, head.length + ID_BYTES, start);
        try {
            Cipher cipher = ready(Cipher.DECRYPT_MODE, nonce, head, place);
            byte[] content = cipher.doFinal(sealed, start, sealed.length - start);
            idle.offer(cipher);
            return content;
        } catch (AEADBadTagException e) {
            throw new UnreadableValueException(Fault.UNTRUSTED, "changed, or made for another place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Keys are checked when the application starts.", e);
        }
    }

    /** A cipher of the calling thread alone, which puts it back when it has done its work; one that threw is dropped. */
    private Cipher ready(int mode, byte[] nonce, byte[] head, byte[] place) throws GeneralSecurityException {
        Cipher known = idle.poll();
        Cipher cipher = known == null ? Cipher.getInstance("AES/GCM/NoPadding") : known;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(place);
        return cipher;
    }
}
