/** The port of the remote store, the fail-open store, and their keys, entries and codecs. */
@NullMarked
package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.NullMarked;
