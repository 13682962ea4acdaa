package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.testing.Said;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldSEProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deployment without a container of full CDI, as when an application is built: settings are those of another machine. */
class BuiltElsewhereTest {

    @ApplicationScoped
    static class Wrong {

        @CachedConnection
        public void returnsNothing(UUID id) {}
    }

    @BeforeEach
    void hideTheContainer() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        System.setProperty("cached-connection.tll", "PT5M");
        CDI.setCDIProvider(() -> {
            throw new IllegalStateException("No container is here yet.");
        });
    }

    @AfterEach
    void showTheContainer() {
        CDI.setCDIProvider(new WeldSEProvider());
        System.clearProperty("cached-connection.tll");
    }

    @Test
    void deployment_wrongSettings_areLeftToTheStart() {
        Throwable refusal = refusal(Books.class);

        assertThat(refusal).hasMessageContaining("CC-0501").hasMessageContaining("cached-connection.tll");
        assertThat(wasStarting(refusal)).isTrue();
    }

    @Test
    void deployment_wrongMethods_isRefusedAtOnceAndWithoutAWordOfSettings() {
        Throwable refusal = refusal(Wrong.class);

        assertThat(refusal).hasMessageContaining("CC-0101").hasMessageNotContaining("cached-connection.tll");
        assertThat(wasStarting(refusal)).isFalse();
    }

    @Test
    void deployment_wrongSettingsWhereTheContainerIs_isRefusedAtOnce() {
        CDI.setCDIProvider(new WeldSEProvider());

        Throwable refusal = refusal(Books.class);

        assertThat(refusal).hasMessageContaining("cached-connection.tll");
        assertThat(wasStarting(refusal)).isFalse();
    }

    @SuppressWarnings("resource") // it does not start
    private static Throwable refusal(Class<?> bean) {
        Weld weld = new Weld().disableDiscovery().addBeanClasses(bean);
        Throwable refusal = Said.thrown(catchThrowable(weld::initialize));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        return refusal;
    }

    private static boolean wasStarting(Throwable refusal) {
        return Arrays.stream(refusal.getStackTrace())
                .anyMatch(call -> call.getClassName().equals(Composition.class.getName()));
    }
}
