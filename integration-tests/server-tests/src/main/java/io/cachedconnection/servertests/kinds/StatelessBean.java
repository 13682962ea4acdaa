package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;

/** A session bean without an interface. */
@Stateless
public class StatelessBean {

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "stateless")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "stateless")
    public void save(int id) {}
}
