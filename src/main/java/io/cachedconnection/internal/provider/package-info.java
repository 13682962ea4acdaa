/** Provider connections: their keys, wire format and cache. No other package knows these types. */
@NullMarked
package io.cachedconnection.internal.provider;

import org.jspecify.annotations.NullMarked;
