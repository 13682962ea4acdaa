package io.cachedconnection.internal.json;

import java.util.List;

/**
 * One line of the text of which a fingerprint is made.
 *
 * @param text what it says
 * @param types the types that it names, and that are to be described as well
 */
record Line(String text, List<ResolvedType> types) {

    static Line of(String text) {
        return new Line(text, List.of());
    }

    static Line of(String text, ResolvedType type) {
        return new Line(text + " " + type, List.of(type));
    }
}
