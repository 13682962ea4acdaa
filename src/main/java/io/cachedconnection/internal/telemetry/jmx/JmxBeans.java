package io.cachedconnection.internal.telemetry.jmx;

import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.message.TelemetryMessage;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the metrics of one application in the JVM's MBean server: a bean for each cache and one for Redis. If the MBean
 * server refuses a bean, the application runs without it. Thread-safe.
 */
public final class JmxBeans {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final int MOST_OF_ONE_NAME = 100;

    private final MBeanServer server;
    private final Operations operations;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ObjectName> registered = new ArrayList<>(); // guarded by the lock, like the fields below
    private final Set<String> known = new HashSet<>();
    private volatile @Nullable String application; // null if Redis has no bean; caches then get none
    private boolean isToldOfRefusal;
    private boolean isClosed;

    private JmxBeans(MBeanServer server, Operations operations) {
        this.server = server;
        this.operations = operations;
    }

    /**
     * Registers the beans in the platform's MBean server; null if this JVM has none.
     *
     * @param name the name of the application; gets a numeric suffix if another application in this JVM has it
     */
    public static @Nullable JmxBeans registered(String name, Operations operations) {
        try {
            return registered(ManagementFactory.getPlatformMBeanServer(), name, operations);
        } catch (RuntimeException | LinkageError e) { // a JVM without this module, or a server that forbids it
            LOG.log(
                    Level.WARNING,
                    TelemetryMessage.JMX_REFUSED.with("all beans", e.getClass().getName()));
            return null;
        }
    }

    /** Registers the bean of Redis in {@code server}. {@link #refresh} adds the beans of the caches. */
    public static JmxBeans registered(MBeanServer server, String name, Operations operations) {
        JmxBeans beans = new JmxBeans(server, operations);
        beans.registerStore(name);
        return beans;
    }

    /** Registers under the first free name derived from the application's. */
    private void registerStore(String name) {
        lock.lock();
        try {
            for (int number = 1; number <= MOST_OF_ONE_NAME && application == null; number++) {
                String candidate = number == 1 ? name : name + "-" + number;
                if (isRegistered(NumbersBean.ofStore(operations), "type=Store,application=" + quoted(candidate))) {
                    application = candidate;
                } else if (isToldOfRefusal) {
                    return; // of another name as well
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the name of the application in this JVM; null if it has no beans. */
    public @Nullable String application() {
        return application;
    }

    /** Registers the caches that were opened since the last call. */
    public void refresh() {
        lock.lock();
        try {
            @Nullable String named = application;
            if (named == null || isClosed) {
                return;
            }
            for (Cache cache : operations.caches().values()) {
                if (known.add(cache.name())) {
                    String name = "type=Cache,application=" + quoted(named) + ",name=" + ObjectName.quote(cache.name());
                    isRegistered(NumbersBean.ofCache(operations, cache), name);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isRegistered(NumbersBean bean, String properties) {
        try {
            ObjectName name = ObjectName.getInstance(Metric.SCOPE + ":" + properties);
            server.registerMBean(bean, name);
            registered.add(name);
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false;
        } catch (JMException | RuntimeException | LinkageError e) {
            if (!isToldOfRefusal) {
                isToldOfRefusal = true;
                LOG.log(
                        Level.WARNING,
                        TelemetryMessage.JMX_REFUSED.with(
                                properties, e.getClass().getName()));
            }
            return false;
        }
    }

    private static String quoted(String text) {
        return text.matches("[\\w.-]+") ? text : ObjectName.quote(text);
    }

    /** Unregisters all beans. */
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            for (ObjectName name : registered) {
                try {
                    server.unregisterMBean(name);
                } catch (JMException | RuntimeException | LinkageError e) {
                    LOG.log(Level.DEBUG, "A bean could not be removed.", e);
                }
            }
            registered.clear();
        } finally {
            lock.unlock();
        }
    }
}
