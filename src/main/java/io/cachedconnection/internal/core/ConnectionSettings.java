package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * How a connection to Redis becomes ours.
 *
 * @param login who logs in
 * @param encryption null for connections in the clear
 * @param database its number, from 0
 * @param clientName what Redis is to call our connections in its lists; null for nothing
 */
public record ConnectionSettings(
        Login login,
        @Nullable TlsUpgrade encryption,
        int database,
        @Nullable String clientName) {}
