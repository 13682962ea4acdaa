package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;

@EnableWeld
class OwnInitiatorTest {

    @WeldSetup
    WeldInitiator weld = WeldInitiator.of(withExtensions().beanClasses(Accounts.class, Database.class));

    static Weld withExtensions() {
        Weld weld = WeldInitiator.createWeld();
        ServiceLoader.load(Extension.class).forEach(weld::addExtension);
        return weld;
    }

    @Test
    void find_twice_asksTheDatabaseOnce() {
        weld.select(Accounts.class).get().find(7);
        weld.select(Accounts.class).get().find(7);

        assertThat(weld.select(Database.class).get().queries()).isEqualTo(1);
    }
}
