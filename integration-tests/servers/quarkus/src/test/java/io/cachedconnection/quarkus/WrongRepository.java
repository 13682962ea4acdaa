package io.cachedconnection.quarkus;

import io.cachedconnection.CachedConnection;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.context.Dependent;
import java.util.UUID;

/** A bean on which {@code @CachedConnection} is wrong in several ways; part of the one application that is to be refused. */
@IfBuildProperty(name = "wrong", stringValue = "true")
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
