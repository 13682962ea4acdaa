/** The operator's view of the caches of one application, and actions on them. */
@NullMarked
package io.cachedconnection.internal.operations;

import org.jspecify.annotations.NullMarked;
