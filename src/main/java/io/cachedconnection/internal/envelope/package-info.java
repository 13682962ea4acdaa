/** The envelope around the bytes of a value, with the header that readers check first. */
@NullMarked
package io.cachedconnection.internal.envelope;

import org.jspecify.annotations.NullMarked;
