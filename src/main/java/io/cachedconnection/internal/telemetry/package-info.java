/** What operators get to see: the log, and later metrics, spans and health. */
@NullMarked
package io.cachedconnection.internal.telemetry;

import org.jspecify.annotations.NullMarked;
