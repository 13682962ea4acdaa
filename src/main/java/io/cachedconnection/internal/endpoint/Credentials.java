package io.cachedconnection.internal.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * A user's name and password, which as a login stay the same for ever.
 *
 * @param username null for the default user of Redis
 * @param password null if Redis asks for none
 */
public record Credentials(
        @Nullable String username, @Nullable Secret password) implements Login {

    /** For a server that asks for none. */
    public static final Credentials NONE = new Credentials(null, null);

    @Override
    public Credentials current() {
        return this;
    }

    /** Shows neither the user nor the password. */
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
