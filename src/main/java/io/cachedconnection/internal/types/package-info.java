/** Classes and generic types as reflection shows them: what they extend, what their variables stand for, their properties. */
@NullMarked
package io.cachedconnection.internal.types;

import org.jspecify.annotations.NullMarked;
