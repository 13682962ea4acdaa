package io.cachedconnection.servertests;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.context.Dependent;
import java.util.UUID;

/** A bean on which {@code @CachedConnection} is wrong in several ways. */
@Dependent
public class WrongRepository {

    @CachedConnection
    public void touch(long id) {}

    @CachedConnection(key = "{connection}")
    public String unknownName(UUID connectionId) {
        return "";
    }

    @CachedConnection
    public String noText(Thread thread) {
        return "";
    }

    @CachedConnection
    public String noKey() {
        return "";
    }

    @CachedConnection(ttl = "5 minutes")
    public String malformedTtl(long id) {
        return "";
    }
}
