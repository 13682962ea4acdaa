package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the one Redis, as configured and checked at start.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port from 1 to 65535
 * @param tls whether the connection is encrypted
 * @param username null for the default user of Redis
 * @param password null if Redis asks for none
 * @param database its number, from 0
 * @param timeout the budget of one call, connection included
 * @param connectTimeout how long making a connection may take, which happens apart from the calls
 * @param poolMax the most connections at a time, at least 1
 * @param poolMinIdle how many are kept ready, at most {@code poolMax}
 */
public record RedisSettings(
        String host,
        int port,
        boolean tls,
        @Nullable String username,
        @Nullable Secret password,
        int database,
        Duration timeout,
        Duration connectTimeout,
        int poolMax,
        int poolMinIdle) {

    /** Host and port as people write them, an IPv6 address in brackets: {@code cache.example:6379}. */
    public String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Names the place only: who may log in, and how, is nobody's business. */
    @Override
    public String toString() {
        return "RedisSettings[" + (tls ? "rediss://" : "redis://") + address() + "/" + database + "]";
    }
}
