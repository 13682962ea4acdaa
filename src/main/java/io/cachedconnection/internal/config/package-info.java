/** MicroProfile Config, read into checked and immutable settings. The only room that knows configuration keys. */
@NullMarked
package io.cachedconnection.internal.config;

import org.jspecify.annotations.NullMarked;
