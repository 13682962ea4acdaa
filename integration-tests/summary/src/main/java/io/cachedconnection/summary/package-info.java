/** The last line of the test command. */
@NullMarked
package io.cachedconnection.summary;

import org.jspecify.annotations.NullMarked;
