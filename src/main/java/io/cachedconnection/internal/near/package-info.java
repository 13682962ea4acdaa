/** What is kept in the memory of this node, in Caffeine. The only room that knows it. */
@NullMarked
package io.cachedconnection.internal.near;

import org.jspecify.annotations.NullMarked;
