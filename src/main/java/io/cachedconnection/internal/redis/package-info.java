/** The remote store on Redis, by Jedis. The only room that knows Jedis. */
@NullMarked
package io.cachedconnection.internal.redis;

import org.jspecify.annotations.NullMarked;
