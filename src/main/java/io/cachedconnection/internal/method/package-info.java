/** Annotated methods, each worked out once at deployment, or all that is wrong with it. */
@NullMarked
package io.cachedconnection.internal.method;

import org.jspecify.annotations.NullMarked;
