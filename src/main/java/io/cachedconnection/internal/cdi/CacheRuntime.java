package io.cachedconnection.internal.cdi;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.message.LifeMessage;
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
    BeanContainer container; // an Instance<Object> would have containers that leave out unused beans keep all of them

    @Any
    @Inject
    Instance<TypeCodec<?>> codecs;

    @Inject
    Instance<ConnectionCaches> caches; // never called: such containers keep it for programs that look it up

    @Inject
    Instance<ProviderConnectionCache> providerCache; // never called either

    private TransactionScope transactions = TransactionScope.none(); // written once, like the application
    private @Nullable CacheApplication application; // written once, before another thread sees this bean

    @PostConstruct
    void prepare() {
        Deployment deployment = found.atStart();
        deployment.check(); // fails if the configuration is another now, or was not there at deployment
        deployment.config().warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        TypeCodecs contributed = TypeCodecs.of(codecs);
        Deployment.refuse(Stream.of(contributed.problems()));
        transactions = transactionsOf(container.createInstance());
        deployment
                .units()
                .warn(deployment.beans().writes().size()
                        + deployment.beans().entities().size());
        application = new CacheApplication(deployment, transactions, contributed);
    }

    /** With the application and not with the first lookup, so that Redis is connected by then. */
    void start(@Observes Startup event) {
        LOG.log(Level.INFO, application().description());
    }

    @PreDestroy
    void close() {
        application().close();
    }

    /**
     * Where the transaction of a thread is found; nowhere if there is no transaction manager. Jakarta Transactions may not be on
     * the class path, so no class that mentions it is touched before that is known.
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

    /** Where the transactions of the application are found. */
    TransactionScope transactions() {
        return transactions;
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

    /** Finds the registry of Jakarta Transactions: where the platform puts it, else among the beans. */
    static final class JtaRegistry {

        /** The platform's; and, since who starts an EAR may have no component of its own, those of WildFly and GlassFish. */
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
                    | RuntimeException e) { // not every container has a directory, and some have odd ones
                LOG.log(Level.DEBUG, place, e);
                return null;
            }
        }
    }
}
