package io.cachedconnection.internal.method;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of a key, without its prefix, of the arguments of a call. Thread-safe.
 *
 * @param literals the texts before, between and after the parts; one more than those
 * @param parts what the arguments say
 */
record KeyText(List<String> literals, List<KeyPart> parts) {

    private static final int USUAL_LENGTH = 80; // two UUIDs and a colon

    /** The text; null if some argument is null, or anything on the way to a part. */
    @Nullable String of(@Nullable Object[] arguments) {
        Object kept = kept(arguments);
        return kept == null ? null : ofKept(kept);
    }

    /** What is kept of the arguments until the text is needed: of one part itself, of several an array; null likewise. */
    @Nullable Object kept(@Nullable Object[] arguments) {
        return parts.size() == 1 ? parts.get(0).kept(arguments) : all(arguments);
    }

    private Object @Nullable [] all(@Nullable Object[] arguments) {
        Object[] all = new Object[parts.size()];
        for (int i = 0; i < all.length; i++) { // no iterator: this runs in every lookup
            Object part = parts.get(i).kept(arguments);
            if (part == null) {
                return null;
            }
            all[i] = part;
        }
        return all;
    }

    /** The text of what was kept. */
    String ofKept(Object kept) {
        return isOnePart() ? parts.get(0).text(kept) : joined(kept);
    }

    /** The usual lookup by an id, for which nothing need be joined. */
    private boolean isOnePart() {
        return parts.size() == 1 && literals.get(0).isEmpty() && literals.get(1).isEmpty();
    }

    private String joined(Object kept) {
        Object[] all = parts.size() == 1 ? new Object[] {kept} : (Object[]) kept;
        StringBuilder text = new StringBuilder(USUAL_LENGTH).append(literals.get(0));
        for (int i = 0; i < all.length; i++) {
            text.append(parts.get(i).text(all[i])).append(literals.get(i + 1));
        }
        return text.toString();
    }

    /** Whether some arguments here and some there can give one text. */
    boolean canEqual(KeyText other) {
        List<KeyPiece> pieces = pieces();
        List<KeyPiece> others = other.pieces();
        return KeyShape.of(literals).canEqual(KeyShape.of(other.literals))
                && IntStream.range(0, pieces.size()).allMatch(i -> pieces.get(i).canEqual(others.get(i)));
    }

    private List<KeyPiece> pieces() {
        List<KeyPiece> pieces = new ArrayList<>();
        Iterator<KeyPart> next = parts.iterator();
        for (String piece : KeyShape.of(literals).pieces()) {
            KeyPart part = piece.contains(KeyShape.ANYTHING) ? next.next() : null;
            boolean alone = piece.equals(KeyShape.ANYTHING);
            pieces.add(new KeyPiece(
                    piece, part == null || !alone ? null : part.path().type()));
        }
        return pieces;
    }
}
