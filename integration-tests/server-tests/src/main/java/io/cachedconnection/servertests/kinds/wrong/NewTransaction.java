package io.cachedconnection.servertests.kinds.wrong;

import io.cachedconnection.CachedConnection;
import jakarta.ejb.Stateless;
import java.util.UUID;

/** A session bean whose lookups are in transactions that the server begins before the cache is asked. */
@Stateless
public class NewTransaction {

    @CachedConnection(cache = "new-transaction")
    public UUID find(int id) {
        return UUID.randomUUID();
    }
}
