/** The profile of provider connections: their keys, their wire format and their cache. No other room knows these types. */
@NullMarked
package io.cachedconnection.internal.provider;

import org.jspecify.annotations.NullMarked;
