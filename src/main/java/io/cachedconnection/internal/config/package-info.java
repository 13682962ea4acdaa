/** MicroProfile Config, read into checked, immutable settings. The only package that knows configuration keys. */
@NullMarked
package io.cachedconnection.internal.config;

import org.jspecify.annotations.NullMarked;
