/** The programmatic caches, on the same engine as the annotations. */
@NullMarked
package io.cachedconnection.internal.access;

import org.jspecify.annotations.NullMarked;
