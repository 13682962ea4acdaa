package io.cachedconnection.internal.json;

/**
 * A type that the JSON of a value may hold somewhere, or the value's own.
 *
 * @param where the property that has it, as {@code Book.author}
 * @param type the type
 */
record Part(String where, ResolvedType type) {}
