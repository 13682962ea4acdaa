/** The outage table: what callers notice of everything that can befall Redis, measured on real servers. */
@NullMarked
package io.cachedconnection.outages;

import org.jspecify.annotations.NullMarked;
