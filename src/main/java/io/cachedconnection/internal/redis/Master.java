package io.cachedconnection.internal.redis;

import java.util.function.Supplier;

/**
 * A server whose changes are to be heard.
 *
 * @param name what it and its failures are told by; blank where there is no other
 * @param dial the way to it
 * @param tag what, in braces, makes a key one of its own; another one each time, where there are several
 */
record Master(String name, ConnectionFactory dial, Supplier<String> tag) {}
