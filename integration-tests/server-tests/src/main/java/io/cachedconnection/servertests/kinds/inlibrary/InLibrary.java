package io.cachedconnection.servertests.kinds.inlibrary;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A repository in a library of the application. */
@ApplicationScoped
public class InLibrary {

    @CachedConnection(cache = "in-library")
    public UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "in-library")
    public void save(int id) {}
}
