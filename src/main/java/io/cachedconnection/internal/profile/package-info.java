/** Profiles of single caches, so that generic code need not know types and names of caches. */
@NullMarked
package io.cachedconnection.internal.profile;

import org.jspecify.annotations.NullMarked;
