/** What every room may use: calls that do not throw, tasks that go on, throttles, random bytes. Sees no other room. */
@NullMarked
package io.cachedconnection.internal.common;

import org.jspecify.annotations.NullMarked;
