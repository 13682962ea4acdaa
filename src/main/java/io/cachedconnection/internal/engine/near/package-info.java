/** The near cache in the memory of this node, and the invalidation stream that keeps it current. */
@NullMarked
package io.cachedconnection.internal.engine.near;

import org.jspecify.annotations.NullMarked;
