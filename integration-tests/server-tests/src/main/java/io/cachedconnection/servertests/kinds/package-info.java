/** Repositories of all kinds of beans that an application may have. Each lookup that really runs gives another value. */
@NullMarked
package io.cachedconnection.servertests.kinds;

import org.jspecify.annotations.NullMarked;
