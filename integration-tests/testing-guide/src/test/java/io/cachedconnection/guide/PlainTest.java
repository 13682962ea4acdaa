package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void find_twice_asksTheDatabaseOnce() {
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            Accounts accounts = container.select(Accounts.class).get();
            accounts.find(7);
            accounts.find(7);

            assertThat(container.select(Database.class).get().queries()).isEqualTo(1);
        }
    }
}
