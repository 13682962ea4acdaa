package io.cachedconnection.internal.method;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of a key, without its prefix, of the arguments of a call. Thread-safe.
 *
 * @param literals the texts before, between and after the parts; one more than those
 * @param parts what the arguments say
 * @param pieces what is known of the texts between colons
 */
record KeyText(List<String> literals, List<KeyPart> parts, List<KeyPiece> pieces) {

    private static final int USUAL_LENGTH = 80; // two UUIDs and a colon

    KeyText(List<String> literals, List<KeyPart> parts) {
        this(
                literals,
                parts,
                KeyPiece.of(
                        literals,
                        parts.stream().map(each -> each.format().kind()).toList()));
    }

    /** The text; null if some argument is null, or anything on the way to a part. */
    @Nullable String of(@Nullable Object[] arguments) {
        Object kept = kept(arguments);
        return kept == null ? null : ofKept(kept);
    }

    /** What is kept of the arguments until the text is needed: of one part itself, of several an array; null likewise. */
    @Nullable Object kept(@Nullable Object[] arguments) {
        return kept(parts, arguments);
    }

    static @Nullable Object kept(List<KeyPart> parts, @Nullable Object[] arguments) {
        if (parts.size() == 1) {
            return parts.get(0).kept(arguments);
        }
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

    /** The text of what was kept; there may be more behind it. */
    String ofKept(Object kept) {
        return isOnePart() ? parts.get(0).text(kept instanceof Object[] all ? all[0] : kept) : joined(kept);
    }

    /** The usual lookup by an id, for which nothing need be joined. */
    private boolean isOnePart() {
        return parts.size() == 1 && literals.get(0).isEmpty() && literals.get(1).isEmpty();
    }

    private String joined(Object kept) {
        Object[] all = kept instanceof Object[] several ? several : new Object[] {kept};
        StringBuilder text = new StringBuilder(USUAL_LENGTH).append(literals.get(0));
        for (int i = 0; i < parts.size(); i++) {
            text.append(parts.get(i).text(all[i])).append(literals.get(i + 1));
        }
        return text.toString();
    }

    /** Whether it is made of the same parts with the same words between. */
    boolean isOfSameParts(KeyText other) {
        return literals.equals(other.literals)
                && parts.stream()
                        .map(KeyPart::path)
                        .toList()
                        .equals(other.parts.stream().map(KeyPart::path).toList());
    }

    /** Whether a write of such a key can be meant for what a lookup with the other kept. */
    boolean means(KeyText other) {
        return allPieces(other, KeyPiece::means);
    }

    /** Whether one text can be a key of both, and never means the same. */
    boolean isConfusedWith(KeyText other) {
        return overlaps(other) && !means(other);
    }

    /** Whether some arguments here and some there give one text, whatever they mean. */
    boolean overlaps(KeyText other) {
        return allPieces(other, KeyPiece::overlaps);
    }

    private boolean allPieces(KeyText other, BiPredicate<KeyPiece, KeyPiece> relation) {
        return pieces.size() == other.pieces.size()
                && IntStream.range(0, pieces.size()).allMatch(i -> relation.test(pieces.get(i), other.pieces.get(i)));
    }

    /** How messages show it: with the types of its parts in braces. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(literals.get(0));
        for (int i = 0; i < parts.size(); i++) {
            String type = parts.get(i).path().type().getTypeName().replaceAll("\\w+\\.", "");
            text.append('{').append(type).append('}').append(literals.get(i + 1));
        }
        return text.toString();
    }

    /** One placeholder of a key: where its value is, and how it reads. */
    record KeyPart(PathReading.Path path, PartFormat format) {

        /** What is kept of it until its text is needed; null if there is a null on the way. */
        @Nullable Object kept(@Nullable Object[] arguments) {
            Object value = path.follow(arguments);
            return value == null ? null : format.kept(value);
        }

        /** The text of what was kept. */
        String text(Object kept) {
            return format.textOfKept(kept);
        }
    }
}
