package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;

/** A session bean that belongs to its caller. */
@Stateful
public class StatefulBean {

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "stateful")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "stateful")
    public void save(int id) {}
}
