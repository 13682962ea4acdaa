/** Hostile and damaged bytes in Redis, on the whole way from there to a value. */
package io.cachedconnection.fuzz;
