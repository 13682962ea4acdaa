/** The engine: what a lookup is, the layers that answer it, and the ports to the outside world. Knows only the JDK. */
@NullMarked
package io.cachedconnection.internal.core;

import org.jspecify.annotations.NullMarked;
