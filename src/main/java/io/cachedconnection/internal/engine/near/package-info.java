/** The near cache: what this node keeps in memory, and what it hears of changes. */
@NullMarked
package io.cachedconnection.internal.engine.near;

import org.jspecify.annotations.NullMarked;
