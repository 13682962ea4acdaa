/** Jakarta Transactions. No other package depends on them. */
@NullMarked
package io.cachedconnection.internal.transaction;

import org.jspecify.annotations.NullMarked;
