/** The addresses of Redis and the setup of connections, shared by config, tls and redis. Depends on no other package. */
@NullMarked
package io.cachedconnection.internal.endpoint;

import org.jspecify.annotations.NullMarked;
