package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.UUID;

/** A session bean that is called through its business interface. */
@Stateless
public class StatelessWithView implements StatelessView {

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "stateless-with-view")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @Override
    @EvictConnection(cache = "stateless-with-view")
    public void save(int id) {}
}
