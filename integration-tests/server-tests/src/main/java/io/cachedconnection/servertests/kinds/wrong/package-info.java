/** Kinds of repositories whose annotations would do nothing. */
@NullMarked
package io.cachedconnection.servertests.kinds.wrong;

import org.jspecify.annotations.NullMarked;
