package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwoNodesTest {

    @BeforeEach
    void shareAMemory() {
        System.setProperty("cached-connection.redis.uri", "memory:two-nodes");
    }

    @AfterEach
    void shareNoneAnyMore() {
        System.clearProperty("cached-connection.redis.uri");
    }

    @Test
    void rename_onOneNode_isSeenOnTheOther() {
        try (SeContainer one = SeContainerInitializer.newInstance().initialize();
                SeContainer two = SeContainerInitializer.newInstance().initialize()) {
            Accounts here = one.select(Accounts.class).get();
            Accounts there = two.select(Accounts.class).get();
            here.find(7);
            assertThat(there.find(7).owner()).isEqualTo("Ada");
            assertThat(two.select(Database.class).get().queries()).isZero(); // what one has loaded, two finds

            two.select(Database.class).get().update(7, "Grace"); // each node of this test has a database of its own
            here.rename(7, "Grace");

            assertThat(there.find(7).owner()).isEqualTo("Grace");
        }
    }
}
