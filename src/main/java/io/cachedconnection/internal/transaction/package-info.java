/** Transactions by Jakarta Transactions. The only room that knows them. */
@NullMarked
package io.cachedconnection.internal.transaction;

import org.jspecify.annotations.NullMarked;
