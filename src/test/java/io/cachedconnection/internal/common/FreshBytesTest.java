package io.cachedconnection.internal.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class FreshBytesTest {

    private static final int MANY = 1000;

    /** A process that was restored from a checkpoint: all that its generators have is from there. */
    private static Tokens restored(LongSupplier clock) {
        Random copied = new Random(17);
        return new Tokens(new FreshBytes(() -> copied, clock));
    }

    @Test
    void next_ofProcessesRestoredFromOneCheckpoint_isNeverTheSame() {
        Set<String> tokens = new HashSet<>();
        Tokens one = restored(System::nanoTime);
        Tokens other = restored(System::nanoTime);
        for (int i = 0; i < MANY; i++) {
            tokens.add(one.next());
            tokens.add(other.next());
        }

        assertThat(tokens).hasSize(2 * MANY);
    }

    @Test
    void next_clocksThatShowTheSame_areToldApartByTheGenerator() {
        FreshBytes bytes = new FreshBytes(Random::new, () -> 1);

        assertThat(bytes.next(12)).isNotEqualTo(bytes.next(12)).hasSize(12);
    }

    /** What was made before the checkpoint is not asked again. */
    @Test
    void next_eachTime_isOfANewGenerator() {
        AtomicInteger made = new AtomicInteger();
        FreshBytes bytes = new FreshBytes(() -> new Random(made.incrementAndGet()), () -> 0);
        bytes.next(8);
        bytes.next(8);

        assertThat(made).hasValue(2);
    }

    @Test
    void next_ofOneProcess_isNeverTheSame() {
        Tokens tokens = new Tokens();
        Set<String> had = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            had.add(tokens.next());
        }

        assertThat(had).hasSize(MANY).allMatch(token -> token.length() == 32);
    }
}
