/** Values as JSON. No other package depends on JSON-B. */
@NullMarked
package io.cachedconnection.internal.json;

import org.jspecify.annotations.NullMarked;
