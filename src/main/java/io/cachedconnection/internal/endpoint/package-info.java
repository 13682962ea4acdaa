/** Where Redis is, and how a connection to it is made: what config, tls and redis share. Sees no other room. */
@NullMarked
package io.cachedconnection.internal.endpoint;

import org.jspecify.annotations.NullMarked;
