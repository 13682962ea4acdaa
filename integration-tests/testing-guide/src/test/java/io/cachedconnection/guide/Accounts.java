package io.cachedconnection.guide;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The repository that the tests are about. */
@ApplicationScoped
public class Accounts {

    /** An account. */
    public record Account(long id, String owner) {}

    @Inject
    Database database;

    /** The account of this number. */
    @CachedConnection(cache = "accounts")
    public Account find(long id) {
        return new Account(id, database.owner(id));
    }

    /** Gives an account to another owner. */
    @EvictConnection(cache = "accounts", key = "{id}")
    public void rename(long id, String owner) {
        database.update(id, owner);
    }
}
