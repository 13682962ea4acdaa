/** The remote store on Redis, by Jedis. The only package that uses Jedis. */
@NullMarked
package io.cachedconnection.internal.redis;

import org.jspecify.annotations.NullMarked;
