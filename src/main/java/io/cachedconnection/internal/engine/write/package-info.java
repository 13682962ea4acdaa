/** The protocol of writes: invalidations, the journal of those that are pending, transactions. */
@NullMarked
package io.cachedconnection.internal.engine.write;

import org.jspecify.annotations.NullMarked;
