/** What is contributed for one cache: the profiles that generic code asks instead of knowing types and names of caches. */
@NullMarked
package io.cachedconnection.internal.profile;

import org.jspecify.annotations.NullMarked;
