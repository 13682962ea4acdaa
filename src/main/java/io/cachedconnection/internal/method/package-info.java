/** Annotated methods, read and checked once at deployment. */
@NullMarked
package io.cachedconnection.internal.method;

import org.jspecify.annotations.NullMarked;
