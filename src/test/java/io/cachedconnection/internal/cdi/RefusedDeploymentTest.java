package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stops a deployment, and what it says. */
class RefusedDeploymentTest {

    @ApplicationScoped
    @SuppressWarnings("UnusedMethod") // being found is all they are for
    static class Wrong {

        @CachedConnection
        public void returnsNothing(UUID id) {}

        @CachedConnection
        private String isPrivate(UUID id) {
            return "";
        }

        @CachedConnection
        public final String isFinal(UUID id) {
            return "";
        }

        @CachedConnection
        public static String isStatic(UUID id) {
            return "";
        }

        @CachedConnection(key = "{ide}")
        public String unknownName(UUID id) {
            return "";
        }

        @CachedConnection
        public String noText(Object id) {
            return "";
        }

        @CachedConnection
        public String noKey() {
            return "";
        }

        @CachedConnection(ttl = "5 minutes")
        public String malformedTtl(UUID id) {
            return "";
        }
    }

    @BeforeEach
    void forgetTheNamesOfOldSettings() {
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    @AfterEach
    void clear() {
        System.clearProperty("cached-connection.tll");
        System.clearProperty("cached-connection.ttl");
    }

    @SuppressWarnings("resource") // it does not start
    private static String refusal(Class<?>... beans) {
        Weld weld = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(beans);
        StringBuilder said = new StringBuilder();
        Throwable refusal = catchThrowable(() -> weld.initialize().close());
        for (Throwable cause = refusal == null ? null : ScannedLog.thrown(refusal);
                cause != null;
                cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }

    @Test
    void deployment_wrongMethods_isRefusedWithAllOfThem() {
        assertThat(refusal(Wrong.class))
                .contains("CC-0501")
                .contains("returnsNothing", "isPrivate", "isFinal", "isStatic", "unknownName", "noText", "noKey")
                .contains("malformedTtl", "5 minutes");
    }

    /** A lookup with which too much is wrong, and a write of what it looks up. */
    @ApplicationScoped
    static class Half {

        @CachedConnection(cache = "half")
        public String find(Object id) {
            return "";
        }

        @EvictConnection(cache = "half")
        public void remove(UUID id) {
            // the eviction is all there is to see
        }

        @EvictConnection(cache = "nowhere")
        public void lose(UUID id) {
            // likewise
        }
    }

    @Test
    void deployment_wrongLookup_isRefusedWithAllElseThatIsWrongAndNothingThatIsRight() {
        System.setProperty("cached-connection.tll", "PT5M");
        System.setProperty("cached-connection.cache.half.ttl", "PT5M");
        try {
            assertThat(refusal(Half.class))
                    .contains("3 problem(s)", "CC-0110 Half.find", "CC-0129 Half.lose", "CC-0201 ")
                    .doesNotContain("CC-0203", "Half.remove");
        } finally {
            System.clearProperty("cached-connection.cache.half.ttl");
        }
    }

    /** No bean by itself. */
    static class Made {

        @CachedConnection(cache = "made")
        public String find(long id) {
            return "";
        }
    }

    /** No bean, and nobody implements it as one. */
    interface Store<T> {

        @EvictConnection(cache = "made")
        void remove(T id);
    }

    /** A class that has nothing of this library. */
    @ApplicationScoped
    static class Makes {

        @Produces
        @Dependent
        Store<UUID> field = id -> {};

        @Produces
        @Dependent
        Made made() {
            return new Made();
        }

        @Produces
        @Dependent
        UUID other() {
            return UUID.randomUUID();
        }
    }

    @Test
    void deployment_producersOfWhatIsNotIntercepted_isRefusedWithAllOfThem() {
        assertThat(refusal(Makes.class))
                .contains("CC-0145 Makes.made() produces a Made,", "CC-0145 Makes.field produces a Store,")
                .doesNotContain("UUID");
    }

    @Test
    void deployment_producerOfWhatIsABeanToo_isNotRefused() {
        assertThat(refusal(HandsOn.class, MadeBean.class)).isEmpty();
    }

    /** A bean by itself. */
    @Dependent
    static class MadeBean extends Made {}

    /** A producer of something that may have been intercepted: it says the same under another name. */
    @ApplicationScoped
    static class HandsOn {

        @Produces
        @Named("other")
        @Dependent
        Made made(MadeBean bean) {
            return bean;
        }
    }

    @Test
    void deployment_wrongSettings_isRefusedWithAllOfThem() {
        System.setProperty("cached-connection.tll", "PT5M");
        System.setProperty("cached-connection.ttl", "soon");

        assertThat(refusal(Books.class)).contains("cached-connection.tll", "cached-connection.ttl", "soon");
    }
}
