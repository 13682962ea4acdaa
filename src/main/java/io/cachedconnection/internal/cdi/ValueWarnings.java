package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.json.TypeWarnings;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.internal.method.CachedMethod;
import java.util.List;
import java.util.stream.Stream;

/** What should be known of the values of cached methods before there are any. */
final class ValueWarnings {

    private ValueWarnings() {}

    static Stream<String> of(CachedMethod method) {
        List<String> reasons = TypeWarnings.of(method.valueType());
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(ValueMessage.DOUBTFUL_TYPE.with(
                        method.valueType().getTypeName(), method.name(), String.join(", ", reasons)));
    }
}
