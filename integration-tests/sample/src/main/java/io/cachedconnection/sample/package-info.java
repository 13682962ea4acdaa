/** A small application: provider connections in a database, looked up through Redis, served as JSON. */
@NullMarked
package io.cachedconnection.sample;

import org.jspecify.annotations.NullMarked;
