/** The API for applications: annotations, programmatic caches and their exceptions. */
@NullMarked
package io.cachedconnection;

import org.jspecify.annotations.NullMarked;
