/** Connections between a user and a financial provider, and the cache that holds them. */
@NullMarked
package io.cachedconnection.provider;

import org.jspecify.annotations.NullMarked;
