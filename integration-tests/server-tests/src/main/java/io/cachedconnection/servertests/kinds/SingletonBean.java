package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;

/** A session bean of which there is one. */
@Singleton
public class SingletonBean {

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "singleton")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "singleton")
    public void save(int id) {}
}
