@NullMarked
package io.cachedconnection.quarkus;

import org.jspecify.annotations.NullMarked;
