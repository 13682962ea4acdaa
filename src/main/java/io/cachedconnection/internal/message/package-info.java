/** Every log line and exception text, with its id. */
@NullMarked
package io.cachedconnection.internal.message;

import org.jspecify.annotations.NullMarked;
