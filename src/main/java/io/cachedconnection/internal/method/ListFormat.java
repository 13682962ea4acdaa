package io.cachedconnection.internal.method;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The format of a list, a set or an array, by that of its elements.
 *
 * @param texts {@link Texts#LIST}, or {@link Texts#SET} if the order of the elements means nothing
 */
record ListFormat(Texts texts, PartFormat element) implements PartFormat {

    @Override
    public PartKind kind() {
        return PartKind.of(texts, element.kind());
    }

    @Override
    public String text(Object value) {
        List<String> elements = new ArrayList<>();
        if (value instanceof Iterable<?> all) {
            all.forEach(each -> elements.add(PartText.of(each, element)));
        } else {
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(PartText.of(Array.get(value, i), element));
            }
        }
        if (texts == Texts.SET) {
            Collections.sort(elements);
        }
        return PartText.sequence(elements);
    }
}
