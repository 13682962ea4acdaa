package io.cachedconnection.internal.config;

import java.util.List;

/**
 * What was read, and what is wrong with it.
 *
 * @param problems one line each; if there are any, the value stands on defaults in their place
 */
record Validated<T>(T value, List<String> problems) {

    boolean isGood() {
        return problems.isEmpty();
    }
}
