package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * A user's name and password, which as a login stay the same for ever.
 *
 * @param username null for the default user of Redis
 * @param password null if Redis asks for none
 */
public record Credentials(
        @Nullable String username, @Nullable Secret password) implements Login {

    /** Of those who need none. */
    public static final Credentials NONE = new Credentials(null, null);

    @Override
    public Credentials current() {
        return this;
    }

    /** Says nothing: who may log in, and how, is nobody's business. */
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
