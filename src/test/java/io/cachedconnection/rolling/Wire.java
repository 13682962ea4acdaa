package io.cachedconnection.rolling;

import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.json.Provider;

/**
 * What one node reads and writes with.
 *
 * @param provider of JSON-B
 * @param settings of the cache
 * @param near whether it keeps values near
 */
record Wire(Provider provider, FormatSettings settings, boolean near) {}
