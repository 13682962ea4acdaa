package io.cachedconnection.internal.method;

import java.util.List;

/** What one method must share with another to override it: the name and the erased, resolved parameter types. */
record Signature(String name, List<Class<?>> parameters) {}
