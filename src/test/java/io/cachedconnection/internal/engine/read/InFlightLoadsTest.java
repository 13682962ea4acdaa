package io.cachedconnection.internal.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.InFlightLoad.LoadingThread;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lookups share a load. */
class InFlightLoadsTest {

    private final KeySpace ofTags = KeySpace.ofTags("shop", KeyNames.clear());
    private final EntryKey key =
            KeySpace.of("books", "shop").stamped(ofTags, false).key("1");
    private final InFlightLoads loads = new InFlightLoads();

    private boolean waits(EntryKey other) {
        return loads.join(other, new LoadingThread()).before() != null;
    }

    @Test
    void join_sameKeyWithOtherTags_isALoadOfItsOwn() {
        EntryKey ofAda = key.with(List.of(ofTags.key("customer:Ada")));
        InFlightLoads.Join first = loads.join(ofAda, new LoadingThread());

        assertThat(waits(key)).isFalse();
        assertThat(waits(key.with(List.of(ofTags.key("customer:Bob"))))).isFalse();
        assertThat(waits(key.with(List.of(ofTags.key("customer:Ada"))))).isTrue();
        assertThat(waits(ofAda)).isTrue();
        loads.leave(first.load());
        assertThat(loads.keys()).isEqualTo(3);
    }
}
