package io.cachedconnection.internal.method;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Where a path can begin: a parameter, or anything else that is handed over like an argument.
 *
 * @param name its name; null if the class was compiled without names
 * @param type its declared type, type variables resolved
 */
record Root(@Nullable String name, Type type) {}
