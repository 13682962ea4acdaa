package io.cachedconnection.benchmarks.peers;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.UnitOfWork;
import io.cachedconnection.internal.cdi.PortableExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** This library in Weld, with its default settings; with the argument {@code near} with its near cache, too. */
public final class Library implements Peer {

    private final Accounts accounts;
    private final ConnectionCaches caches;

    private Library(String option) {
        System.setProperty("cached-connection.redis.uri", Peer.redis());
        System.setProperty("cached-connection.cache.accounts.near.enabled", Boolean.toString(option.equals("near")));
        WeldContainer container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClasses(Accounts.class)
                .initialize();
        accounts = container.select(Accounts.class).get();
        caches = container.select(ConnectionCaches.class).get();
    }

    public static void main(String[] arguments) throws Exception {
        Worker.serve(() -> new Library(arguments[0]));
    }

    /** The repository. */
    @ApplicationScoped
    public static class Accounts {

        @CachedConnection(cache = "accounts", ttl = "PT10M")
        public Account find(UUID id) {
            return Database.load(id);
        }

        @EvictConnection(cache = "accounts")
        public int update(UUID id) {
            return Database.write(id);
        }
    }

    @Override
    public Account find(UUID id) {
        return accounts.find(id);
    }

    @Override
    public int update(UUID id) {
        return accounts.update(id);
    }

    /** The database is no JTA resource, so the transaction is announced by a unit of work. */
    @Override
    public void rolledBack(Work work) throws Exception {
        try (UnitOfWork unit = caches.unitOfWork()) {
            Peer.super.rolledBack(work);
            unit.rolledBack();
        }
    }
}
