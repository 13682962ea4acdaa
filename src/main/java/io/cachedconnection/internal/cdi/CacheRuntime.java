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

/** The place of the assembly in the application: made when the application starts, closed when it stops. */
@ApplicationScoped
class CacheRuntime {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    @Inject
    Deployment found;

    @Inject
    BeanContainer container; // an Instance<Object> would have containers that leave out unused beans keep all of them

    @Inject
    Instance<ConnectionCaches> caches; // asked by nobody: such containers keep it for programs that look it up

    @Inject
    Instance<ProviderConnectionCache> providerCache; // likewise

    private TransactionScope transactions = TransactionScope.none(); // as the assembly
    private @Nullable EngineFactory engineFactory; // written once, before anybody else sees this bean

    @PostConstruct
    void assemble() {
        Deployment deployment = found.atStart();
        deployment.check(); // fails if the configuration is another now, or was not there at deployment
        deployment.config().warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        transactions = new TransactionSearch(container.createInstance()).scope();
        deployment
                .units()
                .warn(deployment.beans().writes().size()
                        + deployment.beans().entities().size());
        engineFactory = new EngineFactory(deployment, transactions);
    }

    /** With the application and not with the first lookup, so that Redis is connected by then. */
    void start(@Observes Startup event) {
        LOG.log(Level.INFO, assembly().description());
    }

    @PreDestroy
    void close() {
        assembly().close();
    }

    /** Where the transactions of the application are found. */
    TransactionScope transactions() {
        return transactions;
    }

    Writes writes() {
        return assembly().writes();
    }

    EntityEvictions entityEvictions() {
        return assembly().entityEvictions();
    }

    Lookups lookups() {
        return assembly().lookups();
    }

    @Produces
    @ApplicationScoped
    ConnectionCaches connectionCaches() {
        return assembly().connectionCaches();
    }

    @Produces
    @ApplicationScoped
    ProviderConnectionCache providerConnectionCache() {
        return assembly().providerConnectionCache();
    }

    private EngineFactory assembly() {
        if (engineFactory == null) {
            throw new IllegalStateException("The container calls @PostConstruct first.");
        }
        return engineFactory;
    }
}
