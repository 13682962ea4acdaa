/** CDI extensions, interceptors and the composition root; wiring only. */
@NullMarked
package io.cachedconnection.internal.cdi;

import org.jspecify.annotations.NullMarked;
