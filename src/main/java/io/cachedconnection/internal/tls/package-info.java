/** TLS: from files with certificates and keys to encrypted sockets. */
@NullMarked
package io.cachedconnection.internal.tls;

import org.jspecify.annotations.NullMarked;
