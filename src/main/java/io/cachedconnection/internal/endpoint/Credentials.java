package io.cachedconnection.internal.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A user's name and password. As a {@link Login} they never change.
 *
 * @param username null for the default user of Redis
 * @param password null if Redis needs none
 */
public record Credentials(
        @Nullable String username, @Nullable Secret password) implements Login {

    /** Credentials for a server without authentication. */
    public static final Credentials NONE = new Credentials(null, null);

    @Override
    public Credentials current() {
        return this;
    }

    /** Contains neither the user nor the password. */
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
