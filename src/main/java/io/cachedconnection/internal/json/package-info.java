/** Values as JSON-B writes and reads them. The only room that knows JSON-B. */
@NullMarked
package io.cachedconnection.internal.json;

import org.jspecify.annotations.NullMarked;
