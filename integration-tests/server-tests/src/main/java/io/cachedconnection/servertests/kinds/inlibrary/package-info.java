/** Repositories in a jar of the application's own. */
@NullMarked
package io.cachedconnection.servertests.kinds.inlibrary;

import org.jspecify.annotations.NullMarked;
