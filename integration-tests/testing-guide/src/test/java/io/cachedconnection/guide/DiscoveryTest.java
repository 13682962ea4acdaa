package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;

@EnableWeld
class DiscoveryTest {

    @WeldSetup
    WeldInitiator weld = WeldInitiator.performDefaultDiscovery();

    @Test
    void find_twice_asksTheDatabaseOnce() {
        weld.select(Accounts.class).get().find(7);
        weld.select(Accounts.class).get().find(7);

        assertThat(weld.select(Database.class).get().queries()).isEqualTo(1);
    }
}
