package io.cachedconnection.internal.method;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure of the text between two colons of a key. It has at most one placeholder, because a colon separates two of them.
 *
 * @param head the text before the placeholder; the whole text if there is none
 * @param kind the kind of the placeholder's part; null if there is none
 * @param tail the text after the placeholder
 */
record KeyPiece(String head, @Nullable PartKind kind, String tail) {

    private static final String PLACEHOLDER = "{}"; // no literal contains a brace

    /** Splits a key into pieces; literals and parts alternate, and a literal comes first and last. */
    static List<KeyPiece> of(List<String> literals, List<PartKind> parts) {
        List<KeyPiece> pieces = new ArrayList<>();
        Iterator<PartKind> next = parts.iterator();
        for (String piece : String.join(PLACEHOLDER, literals).split(":", -1)) {
            int at = piece.indexOf(PLACEHOLDER);
            pieces.add(
                    at < 0
                            ? new KeyPiece(piece, null, "")
                            : new KeyPiece(
                                    piece.substring(0, at), next.next(), piece.substring(at + PLACEHOLDER.length())));
        }
        return pieces;
    }

    /** Whether the same text can have the same meaning in a write with this piece and a lookup with the other. */
    boolean means(KeyPiece other) {
        if (kind == null || other.kind == null) {
            return overlaps(other);
        }
        return head.equals(other.head) && tail.equals(other.tail) && kind.means(other.kind);
    }

    /** Whether some text fits both pieces, with any meaning. */
    boolean overlaps(KeyPiece other) {
        if (kind == null) {
            return other.kind == null ? head.equals(other.head) : other.canRead(head);
        }
        if (other.kind == null) {
            return canRead(other.head);
        }
        if (head.equals(other.head) && tail.equals(other.tail)) {
            return kind.overlaps(other.kind);
        }
        return (head.startsWith(other.head) || other.head.startsWith(head))
                && (tail.endsWith(other.tail) || other.tail.endsWith(tail));
    }

    private boolean canRead(String text) {
        return kind != null
                && text.length() >= head.length() + tail.length()
                && text.startsWith(head)
                && text.endsWith(tail)
                && kind.canRead(text.substring(head.length(), text.length() - tail.length()));
    }
}
