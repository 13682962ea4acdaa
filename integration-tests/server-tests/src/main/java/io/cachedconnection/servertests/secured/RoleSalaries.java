package io.cachedconnection.servertests.secured;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;

/** Secured by a role, which some servers heed on beans of CDI. */
@ApplicationScoped
public class RoleSalaries implements Salaries {

    @Override
    @RolesAllowed("admin")
    @CachedConnection(cache = "by-role")
    public String salary(String name) {
        return "100000";
    }
}
