/** What an application types: the annotations, the programmatic caches and their exceptions. */
@NullMarked
package io.cachedconnection;

import org.jspecify.annotations.NullMarked;
