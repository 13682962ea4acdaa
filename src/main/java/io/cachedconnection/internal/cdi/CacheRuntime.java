package io.cachedconnection.internal.cdi;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.provider.ProviderConnectionCache;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The bean that starts the cache with the application and closes it when the application stops. */
@ApplicationScoped
class CacheRuntime {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    @Inject
    Deployment found;

    @Inject
    BeanContainer container; // an Instance<Object> would have containers that leave out unused beans keep all of them

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
        transactions = new TransactionSearch(container.createInstance()).scope();
        deployment
                .units()
                .warn(deployment.beans().writes().size()
                        + deployment.beans().entities().size());
        application = new CacheApplication(deployment, transactions);
    }

    /** With the application and not with the first lookup, so that Redis is connected by then. */
    void start(@Observes Startup event) {
        LOG.log(Level.INFO, application().description());
    }

    @PreDestroy
    void close() {
        application().close();
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
}
