/** The layers that answer a lookup, and their shared types. */
@NullMarked
package io.cachedconnection.internal.engine.read;

import org.jspecify.annotations.NullMarked;
