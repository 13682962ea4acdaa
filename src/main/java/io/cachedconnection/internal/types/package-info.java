/** Classes and generic types by reflection: their ancestors, type variables and properties. */
@NullMarked
package io.cachedconnection.internal.types;

import org.jspecify.annotations.NullMarked;
