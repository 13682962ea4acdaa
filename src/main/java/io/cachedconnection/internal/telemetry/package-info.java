/** Telemetry: the log, metrics and traces. */
@NullMarked
package io.cachedconnection.internal.telemetry;

import org.jspecify.annotations.NullMarked;
