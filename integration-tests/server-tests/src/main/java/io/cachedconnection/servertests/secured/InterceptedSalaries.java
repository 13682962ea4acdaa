package io.cachedconnection.servertests.secured;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** Secured by the application's own interceptor. */
@ApplicationScoped
public class InterceptedSalaries implements Salaries {

    @Override
    @AdminOnly
    @CachedConnection(cache = "intercepted")
    public String salary(String name) {
        return "100000";
    }
}
