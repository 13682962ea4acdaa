package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;

/** A session bean of which there is one, called through its business interface. */
@Singleton
public class SingletonWithView implements SingletonView {

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "singleton-with-view")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @Override
    @EvictConnection(cache = "singleton-with-view")
    public void save(int id) {}
}
