package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.testing.NotedHearing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what several feeds say, in an order that no server would keep. */
class FeedsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final NotedHearing heard = new NotedHearing(LONG);
    private final Background background = new Background();
    private final Feeds feeds = new Feeds(background, LONG);

    private static final Dial NOWHERE = new Dial() {
        @Override
        public <T> T with(Dialer.Use<T> use) {
            throw new StoreException(Reason.CONNECTION, "nobody is there");
        }
    };

    private static Master master(String name) {
        return new Master(name, NOWHERE, () -> "");
    }

    @BeforeEach
    void hear() {
        feeds.follow(List.of(master("a")));
        feeds.hear(Set.of("c:"), heard);
    }

    @AfterEach
    void close() {
        feeds.close();
        background.close();
    }

    @Test
    void proven_byAFeedThatIsNoneOfThem_countsForNothing() {
        Feed stale = new Feed(master("a"), new Pushes(Set.of("c:"), heard), feeds, LONG);
        feeds.proven(stale, System.nanoTime());
        feeds.proven(stale, System.nanoTime());
        assertThat(heard.beginnings()).isZero();

        feeds.ended(stale);
        assertThat(heard.endings()).isZero();
    }

    @Test
    void reading_fromOneThatIsNotHeard_isAChangeOfEverything() {
        feeds.reading("a");
        assertThat(heard.floods()).isZero();
        feeds.reading("b");
        assertThat(heard.floods()).isEqualTo(1);

        feeds.follow(List.of(master("b")));
        feeds.reading("b");
        assertThat(heard.floods()).isEqualTo(1);
    }

    @Test
    void dialing_inVain_isSaidByName() {
        heard.await(() -> heard.failures().size() > 1, "failed");

        assertThat(heard.failures()).containsOnly("a, nobody is there");
    }
}
