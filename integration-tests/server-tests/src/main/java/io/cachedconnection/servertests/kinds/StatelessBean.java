package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ejb.Stateless;
import java.util.UUID;

/** A session bean without an interface. */
@Stateless
public class StatelessBean {

    @CachedConnection(cache = "stateless")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "stateless")
    public void save(int id) {}
}
