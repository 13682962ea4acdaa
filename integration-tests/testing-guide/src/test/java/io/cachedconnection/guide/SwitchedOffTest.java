package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@EnableAutoWeld
class SwitchedOffTest {

    @Inject
    Accounts accounts;

    @Inject
    Database database;

    @BeforeAll
    static void off() {
        System.setProperty("cached-connection.enabled", "false");
    }

    @AfterAll
    static void on() {
        System.clearProperty("cached-connection.enabled");
    }

    @Test
    void find_twice_asksTheDatabaseTwice() {
        accounts.find(7);
        accounts.find(7);

        assertThat(database.queries()).isEqualTo(2);
    }
}
