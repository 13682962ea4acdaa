/** A page for operators, off by default: live activity of the caches on this node, and a few actions. */
@NullMarked
package io.cachedconnection.internal.console;

import org.jspecify.annotations.NullMarked;
