package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The library in a container without OpenTelemetry, Micrometer and MicroProfile Health. */
class WithoutTelemetryTest {

    /** Is loaded where they are missing, with all classes of the library. */
    static final class Application {

        private Application() {}

        /** What the application does, and what JMX shows of it. */
        static String used() throws Exception {
            try (RunningContainer container = new RunningContainer("bare", Map.of(), Gauged.class)) {
                Gauged gauged = container.bean(Gauged.class);
                Gauged.use(gauged);
                Object hits = ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(
                                new ObjectName("io.cachedconnection:type=Cache,application=bare,name=\"gauged\""),
                                "LookupsHit");
                return gauged.find(7, 1) + ", hits " + hits;
            }
        }
    }

    @Test
    void application_withoutAnyOfThem_cachesAndShowsJmx() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassesWithout classes =
                new ClassesWithout("io.opentelemetry.", "io.micrometer.", "org.eclipse.microprofile.health.");
        Thread.currentThread().setContextClassLoader(classes);
        try (LoggedLines log = new LoggedLines()) {
            Method used = classes.loaded(Application.class).getDeclaredMethod("used");
            used.setAccessible(true);

            assertThat(used.invoke(null)).isEqualTo("value 7, hits 1");
            assertThat(log.warnings()).noneMatch(line -> line.startsWith("CC-046"));
            Method ours = classes.loaded(OurBeans.class).getDeclaredMethod("classes");
            ours.setAccessible(true);
            assertThat(String.valueOf(ours.invoke(null))).doesNotContain("MetricsBeans", "ReadinessCheck");
            assertThat(String.valueOf(OurBeans.classes()))
                    .contains("OfOpenTelemetry", "OfMicrometer", "ReadinessCheck");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
