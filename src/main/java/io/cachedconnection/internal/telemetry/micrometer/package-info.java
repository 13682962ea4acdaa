/** Metrics for Micrometer. Load no class of this package without it. */
@NullMarked
package io.cachedconnection.internal.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;
