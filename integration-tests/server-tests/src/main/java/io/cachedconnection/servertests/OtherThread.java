package io.cachedconnection.servertests;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.sample.ConnectionRepository;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;

/** A thread of the server that looks a connection up, as another request would. */
@ApplicationScoped
public class OtherThread {

    @Inject
    private ConnectionRepository repository;

    @Inject
    private Instance<RequestContextController> requests; // one for each thread: it knows what its user has begun

    @Resource
    private ManagedExecutorService executor;

    public Future<Optional<ProviderConnection>> lookUp(UUID connectionId) {
        return executor.submit(() -> lookUpInARequest(connectionId));
    }

    private Optional<ProviderConnection> lookUpInARequest(UUID connectionId) {
        RequestContextController request = requests.get();
        boolean begun = request.activate();
        try {
            return repository.findById(connectionId);
        } finally {
            if (begun) {
                request.deactivate();
            }
        }
    }
}
