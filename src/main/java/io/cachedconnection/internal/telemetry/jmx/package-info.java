/** The metrics of caches and of Redis as MBeans. */
@NullMarked
package io.cachedconnection.internal.telemetry.jmx;

import org.jspecify.annotations.NullMarked;
