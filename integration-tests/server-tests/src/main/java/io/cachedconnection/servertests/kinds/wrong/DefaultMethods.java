package io.cachedconnection.servertests.kinds.wrong;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The annotations are on default methods, where CDI does not look. */
public interface DefaultMethods {

    @CachedConnection(cache = "default-methods")
    default UUID find(int id) {
        return UUID.randomUUID();
    }

    @EvictConnection(cache = "default-methods")
    default void save(int id) {}

    /** Inherits them. */
    @ApplicationScoped
    class Inheriting implements DefaultMethods {}
}
