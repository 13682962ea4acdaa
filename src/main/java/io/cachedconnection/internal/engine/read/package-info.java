/** The layers that answer a lookup, and what they have in common. */
@NullMarked
package io.cachedconnection.internal.engine.read;

import org.jspecify.annotations.NullMarked;
