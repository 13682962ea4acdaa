package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.testing.Instances;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One key in many threads: no two share a cipher, and none keeps one. */
class CiphersTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 200;
    private static final byte[] HEAD = {1};
    private static final byte[] PLACE = "place".getBytes(UTF_8);
    private static final int NONCE = HEAD.length + AesGcm.ID_BYTES;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(THREADS);

    private static AesGcm seal() {
        return new AesGcm(new SecretKeySpec(new byte[32], "AES"), new FreshBytes());
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Has {@code work} done by each thread, of which none has come to its end when the last one begins. */
    private void byAll(Callable<Void> work) throws Exception {
        for (var done : threads.invokeAll(IntStream.range(0, THREADS)
                .mapToObj(i -> (Callable<Void>) () -> {
                    start.await();
                    return work.call();
                })
                .toList())) {
            done.get();
        }
    }

    private static byte[] roundTrip(AesGcm aesGcm, String content) throws Exception {
        byte[] sealed = aesGcm.closed(HEAD, PLACE, content.getBytes(UTF_8));
        assertThat(aesGcm.opened(HEAD, sealed, PLACE)).asString(UTF_8).isEqualTo(content);
        return sealed;
    }

    @Test
    void seal_manyThreadsAtOnce_opensToWhatWasSealedAndRepeatsNoNonce() throws Exception {
        AesGcm aesGcm = seal();
        Set<String> nonces = ConcurrentHashMap.newKeySet();
        byAll(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] sealed = roundTrip(aesGcm, Thread.currentThread().getName() + i);
                nonces.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(sealed, NONCE, NONCE + 12)));
            }
            return null;
        });

        assertThat(nonces).hasSize(THREADS * ROUNDS);
    }

    @Test
    void seal_manyThreads_needsFewCiphersAndLeavesNoneInTheThreads() throws Exception {
        int before = Instances.of(Cipher.class);
        AesGcm aesGcm = seal();
        byAll(() -> {
            roundTrip(aesGcm, "a");
            return null;
        });
        int during = Instances.of(Cipher.class) - before;
        assertThat(aesGcm).isNotNull(); // it lives until here
        assertThat(during).isLessThan(THREADS / 2); // others of this JVM come and go
    }

    /** The threads are the server's, and outlive the application. */
    @Test
    void seal_isGone_noCipherIsLeft() throws Exception {
        int before = Instances.of(Cipher.class);
        useAndForget();

        assertThat(Instances.of(Cipher.class) - before).isLessThan(THREADS / 2);
    }

    private void useAndForget() throws Exception {
        AesGcm aesGcm = seal();
        byAll(() -> {
            roundTrip(aesGcm, "a");
            return null;
        });
    }
}
