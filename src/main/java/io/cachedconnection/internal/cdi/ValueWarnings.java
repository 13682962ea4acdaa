package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.json.Doubts;
import io.cachedconnection.internal.json.LazyAssociations;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.internal.method.CachedMethod;
import java.util.List;
import java.util.stream.Stream;

/** What should be known of the values of cached methods before there are any. */
final class ValueWarnings {

    private ValueWarnings() {}

    static Stream<String> of(CachedMethod method) {
        return Stream.concat(
                warning(ValueMessage.DOUBTFUL_TYPE, method, Doubts.of(method.valueType())),
                warning(ValueMessage.LAZY_ASSOCIATIONS, method, LazyAssociations.of(method.valueType())));
    }

    private static Stream<String> warning(ValueMessage message, CachedMethod method, List<String> reasons) {
        String type = method.valueType().getTypeName();
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(message.with(type, method.name(), String.join(", ", reasons)));
    }
}
