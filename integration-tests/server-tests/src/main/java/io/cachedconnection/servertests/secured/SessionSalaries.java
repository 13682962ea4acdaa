package io.cachedconnection.servertests.secured;

import io.cachedconnection.CachedConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Secured by a role, which servers heed on session beans. */
@Stateless
@LocalBean
public class SessionSalaries implements Salaries {

    @Override
    @RolesAllowed("admin")
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    @CachedConnection(cache = "of-session-bean")
    public String salary(String name) {
        return "100000";
    }
}
