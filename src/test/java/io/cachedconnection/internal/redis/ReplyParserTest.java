package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of a value and of its life, which is asked for before and after it: the key may change between any two of them. */
class ReplyParserTest {

    private static final int FOR_EVER = -1;
    private static final List<Integer> LIVES = List.of(FOR_EVER, 0, 5, 50); // 0: there is no value

    private static Object pttl(int life) {
        return life == 0 ? -2L : (long) life;
    }

    private static byte[] value(int life) {
        return life == 0 ? new byte[0] : new byte[] {(byte) life};
    }

    private static long millis(int life) {
        return life == FOR_EVER ? Long.MAX_VALUE : life;
    }

    /** Every state of the key at each of the three commands, and whether it was changed before and after the value was read. */
    @Test
    void entry_anyChangeOnOneSideOfTheValue_neverToldToLiveLonger() {
        List<String> wrong = new ArrayList<>();
        int told = 0;
        for (int before : LIVES) {
            for (int read : LIVES) {
                for (int after : LIVES) {
                    StoredEntry storedEntry = ReplyParser.entry(Arrays.asList(pttl(before), value(read), pttl(after)));
                    boolean isHonest = storedEntry == null
                            ? read == 0
                            : storedEntry.life().toMillis() <= millis(read)
                                    && Arrays.equals(storedEntry.payload(), value(read));
                    boolean isTwoChanges = before != read && read != after;
                    if (!isHonest && !isTwoChanges) {
                        wrong.add(before + " " + read + " " + after);
                    }
                    told += storedEntry == null ? 0 : 1;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(told).isEqualTo(48);
    }

    @Test
    void entry_nothingElseHappens_livesAsLongAsItsKey() {
        assertThat(ReplyParser.entry(Arrays.asList(51L, value(50), 50L)).life()).isEqualTo(Duration.ofMillis(50));
        assertThat(ReplyParser.entry(Arrays.asList(-1L, value(50), -1L)).life()).isGreaterThan(Duration.ofDays(365));
        assertThat(ReplyParser.entry(Arrays.asList(50L, value(50), -2L)).life()).isZero(); // gone by now
    }
}
