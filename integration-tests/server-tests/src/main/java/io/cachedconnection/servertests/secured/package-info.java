/** An application whose lookups are not for everybody. */
@org.jspecify.annotations.NullMarked
package io.cachedconnection.servertests.secured;
