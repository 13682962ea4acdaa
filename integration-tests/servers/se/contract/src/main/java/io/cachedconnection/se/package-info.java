/** An application without a server, and what it is to find on each CDI container. */
@org.jspecify.annotations.NullMarked
package io.cachedconnection.se;
