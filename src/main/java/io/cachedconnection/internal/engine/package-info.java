/**
 * The engine: answers lookups and performs writes, with the packages beneath it. It sees the outside world through {@link
 * io.cachedconnection.internal.engine.Ports}.
 */
@NullMarked
package io.cachedconnection.internal.engine;

import org.jspecify.annotations.NullMarked;
