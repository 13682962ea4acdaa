/** The bytes of values in an envelope: what a reader needs to know before it trusts them. */
@NullMarked
package io.cachedconnection.internal.envelope;

import org.jspecify.annotations.NullMarked;
