package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What masters say about who holds which keys. */
class SlotOwnershipTest {

    private static final String A = "aaa 127.0.0.1:1@2 %s master - 0 0 1 connected 0-8191%n";
    private static final String B = "bbb 127.0.0.1:3@4 %s master - 0 0 2 connected 8192-16383%n";
    private static final String REPLICA = "ccc myself.example:5@6 slave aaa 0 0 1 connected%n";

    private static byte[] said(String... lines) {
        return String.join("", lines).replace("%n", "\n").getBytes(US_ASCII);
    }

    private static String own(String line) {
        return line.replace("%s master", "myself,master");
    }

    private static String other(String line) {
        return line.replace("%s ", "");
    }

    private static SlotOwnership of(byte[]... replies) {
        return SlotOwnership.of(Arrays.asList((Object[]) replies));
    }

    @Test
    void of_allWereAskedAndAgree_isSettled() {
        SlotOwnership slotOwnership = of(said(own(A), other(B), REPLICA), said(other(A), REPLICA, own(B)));

        assertThat(slotOwnership.isSettled()).isTrue();
        assertThat(slotOwnership.isMoving()).isFalse();
    }

    @Test
    void of_oneWasNotAsked_isNotSettled() {
        assertThat(of(said(own(A), other(B))).isSettled()).isFalse();
    }

    @Test
    void of_oneSaysSomethingElse_isNotSettled() {
        String later = B.replace("8192-16383", "8193-16383");
        String more = A.replace("0-8191", "0-8192");

        assertThat(of(said(own(A), other(B)), said(other(more), own(later))).isSettled())
                .isFalse();
    }

    @Test
    void of_aSlotIsNobodys_isNotSettled() {
        String less = B.replace("8192-16383", "8192-16382");

        assertThat(of(said(own(A), other(less)), said(other(A), own(less))).isSettled())
                .isFalse();
    }

    @Test
    void of_aSlotIsOnItsWay_isMovingAndTheSameAsBefore() {
        String sends = A.replace("0-8191", "0-8191 [7->-bbb]");
        String receives = B.replace("8192-16383", "8192-16383 [7-<-aaa]");
        SlotOwnership before = of(said(own(A), other(B)), said(other(A), own(B)));
        SlotOwnership moving = of(said(own(sends), other(B)), said(other(A), own(receives)));

        assertThat(moving.isMoving()).isTrue();
        assertThat(moving.isSettled()).isTrue();
        assertThat(moving.slots()).isEqualTo(before.slots());
    }

    @Test
    void of_garbage_isRefused() {
        for (Object garbage : Arrays.asList(null, 7L, List.of(), said("aaa"), said("a b c d e f g h x-y"))) {
            assertThatThrownBy(() -> SlotOwnership.of(Arrays.asList(garbage))).isInstanceOf(StoreException.class);
        }
    }
}
