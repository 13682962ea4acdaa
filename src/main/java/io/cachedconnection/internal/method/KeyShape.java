package io.cachedconnection.internal.method;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of a key without its arguments: the pieces between its colons. A piece has at most one placeholder,
 * since two of those have a colon between them.
 */
record KeyShape(List<String> pieces) {

    static final String ANYTHING = "{}"; // no literal holds a brace

    static KeyShape of(List<String> literals) {
        return new KeyShape(List.of(String.join(ANYTHING, literals).split(":", -1)));
    }

    /** Whether a key of this shape can be one of the other. The types of the parts are not looked at. */
    boolean canEqual(KeyShape other) {
        return pieces.size() == other.pieces.size()
                && IntStream.range(0, pieces.size()).allMatch(i -> canEqual(pieces.get(i), other.pieces.get(i)));
    }

    private static boolean canEqual(String one, String other) {
        if (!one.contains(ANYTHING)) {
            return other.contains(ANYTHING) ? matches(one, other) : one.equals(other);
        }
        return other.contains(ANYTHING) ? overlap(one, other) : matches(other, one);
    }

    private static boolean matches(String literal, String piece) {
        String head = head(piece);
        String tail = tail(piece);
        return literal.length() >= head.length() + tail.length() && literal.startsWith(head) && literal.endsWith(tail);
    }

    private static boolean overlap(String one, String other) {
        return (head(one).startsWith(head(other)) || head(other).startsWith(head(one)))
                && (tail(one).endsWith(tail(other)) || tail(other).endsWith(tail(one)));
    }

    private static String head(String piece) {
        return piece.substring(0, piece.indexOf(ANYTHING));
    }

    private static String tail(String piece) {
        return piece.substring(piece.indexOf(ANYTHING) + ANYTHING.length());
    }
}
