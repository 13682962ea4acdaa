/** Metrics and traces for OpenTelemetry. Load no class of this package without its API. */
@NullMarked
package io.cachedconnection.internal.telemetry.opentelemetry;

import org.jspecify.annotations.NullMarked;
