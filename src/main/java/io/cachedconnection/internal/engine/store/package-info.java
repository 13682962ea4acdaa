/** The port of the remote store, its failures made harmless, and the keys, entries and codecs that it is about. */
@NullMarked
package io.cachedconnection.internal.engine.store;

import org.jspecify.annotations.NullMarked;
