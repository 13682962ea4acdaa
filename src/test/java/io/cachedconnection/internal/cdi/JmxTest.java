package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.write.WriteCounters;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.jmx.JmxBeans;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The numbers of an application in the MBean server of its JVM. */
class JmxTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static Set<String> names() throws Exception {
        return SERVER.queryNames(new ObjectName("io.cachedconnection:*"), null).stream()
                .map(ObjectName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Object value(String name, String attribute) throws Exception {
        return SERVER.getAttribute(new ObjectName("io.cachedconnection:" + name), attribute);
    }

    /** An application whose cache is shown, which the background sees to. */
    private static RunningContainer started(String prefix, Map<String, String> settings) throws Exception {
        long before = caches();
        RunningContainer container = new RunningContainer(prefix, settings, Gauged.class);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> caches() != before || settings.containsKey("telemetry.jmx"));
        return container;
    }

    private static long caches() throws Exception {
        return names().stream().filter(name -> name.contains("type=Cache")).count();
    }

    @Test
    void beans_ofAnApplication_haveItsNumbersWhileItRuns() throws Exception {
        try (RunningContainer container = started("jmx1", Map.of())) {
            Gauged gauged = container.bean(Gauged.class);
            Gauged.use(gauged);
            CacheCounters counters = container
                    .bean(CacheRuntime.class)
                    .operations()
                    .caches()
                    .get("gauged")
                    .counters();

            assertThat(names())
                    .containsExactly(
                            "io.cachedconnection:type=Cache,application=jmx1,name=\"gauged\"",
                            "io.cachedconnection:type=Store,application=jmx1");
            WriteCounters writes =
                    container.bean(CacheRuntime.class).operations().writes();
            String cache = "type=Cache,application=jmx1,name=\"gauged\"";
            assertThat(value(cache, "LookupsHit"))
                    .isEqualTo(counters.of(Event.HIT))
                    .isEqualTo(1L);
            assertThat(value(cache, "LookupsMiss")).isEqualTo(counters.of(Event.MISS));
            assertThat(value(cache, "LoadsFailed")).isEqualTo(1L);
            assertThat(value(cache, "LoadDurationCount")).isEqualTo((long) gauged.loads());
            assertThat((double) value(cache, "LoadDurationPercentile99")).isBetween(0.0, 10.0);
            assertThat((double) value(cache, "EntrySizeMedian")).isGreaterThanOrEqualTo(64);
            assertThat(value(cache, "EvictionsKeyDone")).isEqualTo(writes.of("gauged", Scope.KEY, Fate.DONE));
            assertThat((long) value(cache, "EvictionsKeyDone")).isPositive();
            assertThat(value(cache, "EvictionsAllDone")).isEqualTo(1L);
            assertThat(value(cache, "WaitsNodeCount")).isEqualTo(0L);
            String store = "type=Store,application=jmx1";
            assertThat(value(store, "Redis")).isEqualTo("answers");
            assertThat(value(store, "EvictionsTagDone")).isEqualTo(1L);
            assertThat(value(store, "EvictionsPending")).isEqualTo(0L);
            assertThat(value(store, "BreakerOpen")).isEqualTo(0L);
            assertThat(value(store, "NearProofAge")).isNull();
            assertThat((long) value(store, "DbClientOperationDurationCount")).isPositive();
            assertThat((long) value(store, "DbClientConnectionCountIdle")).isPositive();
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(new ObjectName("io.cachedconnection:" + cache))
                    .getAttributes()) {
                assertThat(attribute.getDescription()).isNotBlank();
                assertThat(value(cache, attribute.getName()).getClass().getName())
                        .isEqualTo(attribute.getType());
            }
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void beans_ofTwoApplicationsOfOneName_haveANumberBehindIt() throws Exception {
        try (RunningContainer first = started("jmx2", Map.of())) {
            RunningContainer second = started("jmx2", Map.of());

            assertThat(names())
                    .contains(
                            "io.cachedconnection:type=Store,application=jmx2",
                            "io.cachedconnection:type=Store,application=jmx2-2",
                            "io.cachedconnection:type=Cache,application=jmx2-2,name=\"gauged\"");
            second.close();
            assertThat(names()).hasSize(2).noneMatch(name -> name.contains("jmx2-2"));
            first.bean(Gauged.class).find(1, 1);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void beans_switchedOff_areNotThere() throws Exception {
        try (RunningContainer container = started("jmx3", Map.of("telemetry.jmx", "false"))) {
            container.bean(Gauged.class).find(1, 1);

            assertThat(names()).isEmpty();
        }
    }

    /** A fresh MBean server, for those of the platform are looked at every ten seconds. */
    @Test
    void refresh_cacheOpenedSince_isShownAndRemovedAtTheEnd() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        try (RunningContainer container = started("jmx4", Map.of())) {
            JmxBeans beans = registered(server, container);
            container.bean(ConnectionCaches.class).cache("later", Long.class, String.class);
            beans.refresh();

            ObjectName later = new ObjectName(
                    "io.cachedconnection:type=Cache,application=\"an app\",name=" + ObjectName.quote("later"));
            assertThat(server.isRegistered(later)).isTrue();
            beans.close();
            beans.refresh();
            assertThat(server.queryNames(new ObjectName("io.cachedconnection:*"), null))
                    .isEmpty();
            assertThat(server.getDefaultDomain()).isNotBlank();
        }
    }

    private static JmxBeans registered(MBeanServer server, RunningContainer container) throws Exception {
        Operations operations = container.bean(CacheRuntime.class).operations();
        return JmxBeans.registered(server, "an app", operations);
    }

    @Test
    void registered_serverRefuses_harmsNothingAndSaysSoOnce() throws Exception {
        MBeanServer refusing = (MBeanServer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MBeanServer.class}, (proxy, method, arguments) -> {
                    throw new SecurityException("secret of the server");
                });
        try (RunningContainer container = started("jmx5", Map.of());
                LoggedLines log = new LoggedLines()) {
            JmxBeans beans = registered(refusing, container);
            beans.refresh();
            beans.close();

            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0))
                    .contains("CC-0463", "type=Store", "SecurityException")
                    .doesNotContain("secret");
        }
    }

    @Test
    void attribute_setOrUnknown_isRefused() throws Exception {
        try (RunningContainer container = started("jmx6", Map.of())) {
            ObjectName store = new ObjectName("io.cachedconnection:type=Store,application=jmx6");
            container.bean(Gauged.class).find(1, 1);

            assertThat(Stream.of("Version", "Nothing")
                            .map(name -> outcome(() -> SERVER.setAttribute(store, new Attribute(name, "x")))))
                    .containsOnly("AttributeNotFoundException");
            assertThat(outcome(() -> SERVER.getAttribute(store, "Nothing"))).isEqualTo("AttributeNotFoundException");
            assertThat(SERVER.getAttributes(store, new String[] {"Version", "Nothing"}))
                    .hasSize(1);
        }
    }

    private interface Call {
        void call() throws Exception;
    }

    private static String outcome(Call call) {
        try {
            call.call();
            return "none";
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }
}
