package io.cachedconnection.internal.cdi;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.console.Console;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.transaction.JtaScope;
import io.cachedconnection.provider.ProviderConnectionCache;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The bean that starts the cache with the application and closes it when the application stops. */
@ApplicationScoped
class CacheRuntime {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    @Inject
    Deployment found;

    @Inject
    BeanContainer container; // an Instance<Object> would keep all beans in containers that remove unused ones

    @Any
    @Inject
    Instance<TypeCodec<?>> codecs;

    @Inject
    Instance<MetricsBeans> metrics;

    @Inject
    Instance<ConnectionCaches> caches; // never called: keeps the bean for programs that look it up

    @Inject
    Instance<ProviderConnectionCache> providerCache; // never called: keeps this bean, too

    private TransactionScope transactions = TransactionScope.none(); // written once, like the application
    private @Nullable CacheApplication application; // written once, before another thread sees this bean

    @PostConstruct
    void prepare() {
        Deployment deployment = found.atStart();
        deployment.check(); // fails if the configuration has changed since, or was not there at deployment
        deployment.config().warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        TypeCodecs contributed = TypeCodecs.of(codecs);
        Deployment.refuse(Stream.of(contributed.problems()));
        transactions = transactionsOf(container.createInstance());
        deployment
                .units()
                .warn(deployment.beans().writes().size()
                        + deployment.beans().entities().size());
        application = new CacheApplication(deployment, transactions, contributed, metrics);
    }

    /** Starts with the application, not with the first lookup, so that Redis is connected by then. */
    void start(@Observes Startup event) {
        LOG.log(Level.INFO, application().description());
    }

    @PreDestroy
    void close() {
        application().close();
    }

    /**
     * Finds the scope of JTA transactions; an empty scope if there is no transaction manager. Jakarta Transactions may be
     * missing from the class path, so classes that refer to it are loaded only after a check.
     */
    static TransactionScope transactionsOf(Instance<Object> beans) {
        if (!OptionalApi.hasTransactions()) {
            return TransactionScope.none();
        }
        @Nullable TransactionScope found = JtaRegistry.scope(beans);
        if (found == null) {
            LOG.log(Level.WARNING, LifeMessage.NO_TRANSACTIONS.with());
            return TransactionScope.none();
        }
        return found;
    }

    /** Returns the scope of the application's transactions. */
    TransactionScope transactions() {
        return transactions;
    }

    /** Returns the operator's view. */
    Operations operations() {
        return application().operations();
    }

    /** Returns the name that tells the application apart in its JVM. */
    String nameOfApplication() {
        return application().name();
    }

    /** Whether the application counts as not ready while Redis fails. */
    boolean isHealthRequired() {
        return application().telemetrySettings().isHealthRequired();
    }

    Writes writes() {
        return application().writes();
    }

    EntityEvictions entityEvictions() {
        return application().entityEvictions();
    }

    Lookups lookups() {
        return application().lookups();
    }

    /** Returns the console; null if it is off. */
    @Nullable Console console() {
        return application().console();
    }

    @Produces
    @ApplicationScoped
    ConnectionCaches connectionCaches() {
        return application().connectionCaches();
    }

    @Produces
    @ApplicationScoped
    ProviderConnectionCache providerConnectionCache() {
        return application().providerConnectionCache();
    }

    private CacheApplication application() {
        if (application == null) {
            throw new IllegalStateException("The container calls @PostConstruct first.");
        }
        return application;
    }

    /** Finds the registry of Jakarta Transactions: in JNDI, or else among the beans. */
    static final class JtaRegistry {

        /** The platform's name, and those of WildFly and GlassFish for the start of an EAR without a component of its own. */
        private static final List<String> PLACES = Stream.of("java:comp/", "java:jboss/", "java:appserver/")
                .map(context -> context + "TransactionSynchronizationRegistry")
                .toList();

        private JtaRegistry() {}

        static @Nullable TransactionScope scope(Instance<Object> beans) {
            TransactionSynchronizationRegistry registry = PLACES.stream()
                    .map(JtaRegistry::at)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            Instance<TransactionSynchronizationRegistry> bean = beans.select(TransactionSynchronizationRegistry.class);
            if (registry == null && bean.isResolvable()) {
                registry = bean.get();
            }
            return registry == null ? null : new JtaScope(registry, System::nanoTime);
        }

        @SuppressWarnings("BanJNDI") // the names are constants
        private static @Nullable TransactionSynchronizationRegistry at(String place) {
            try {
                return (TransactionSynchronizationRegistry) new InitialContext().lookup(place);
            } catch (NamingException
                    | RuntimeException e) { // not every container has JNDI, and some throw unusual exceptions
                LOG.log(Level.DEBUG, place, e);
                return null;
            }
        }
    }
}
