package io.cachedconnection.internal.method;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of a key, without its prefix, from the arguments of a call. Thread-safe.
 *
 * @param literals the texts before, between and after the parts; one more than parts
 * @param parts the parts that come from the arguments
 * @param pieces the structure of the texts between colons
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

    /** Returns the text; null if an argument or a value on the way to a part is null. */
    @Nullable String of(@Nullable Object[] arguments) {
        Object kept = kept(arguments);
        return kept == null ? null : ofKept(kept);
    }

    /**
     * Returns the values of the parts, from which the text can be made later: the value itself for one part, an array for
     * several. Null in the same cases as the text.
     */
    @Nullable Object kept(@Nullable Object[] arguments) {
        return kept(parts, arguments);
    }

    static @Nullable Object kept(List<KeyPart> parts, @Nullable Object[] arguments) {
        if (parts.size() == 1) {
            return parts.get(0).kept(arguments);
        }
        Object[] all = new Object[parts.size()];
        for (int i = 0; i < all.length; i++) { // no iterator, because it runs in every lookup
            Object part = parts.get(i).kept(arguments);
            if (part == null) {
                return null;
            }
            all[i] = part;
        }
        return all;
    }

    /** Returns the text of kept values; the array may contain more. */
    String ofKept(Object kept) {
        return isOnePart() ? parts.get(0).text(kept instanceof Object[] all ? all[0] : kept) : joined(kept);
    }

    /** Whether the key is one part, as in the usual lookup by an id. */
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

    /** Whether both have the same parts and the same words between them. */
    boolean isOfSameParts(KeyText other) {
        return literals.equals(other.literals)
                && parts.stream()
                        .map(KeyPart::path)
                        .toList()
                        .equals(other.parts.stream().map(KeyPart::path).toList());
    }

    /** Whether a write of this key can be meant for entries of a lookup with the other key. */
    boolean means(KeyText other) {
        return allPieces(other, KeyPiece::means);
    }

    /** Whether a text can be a key of both, with different meanings. */
    boolean isConfusedWith(KeyText other) {
        return overlaps(other) && !means(other);
    }

    /** Whether some arguments of both give the same text, with any meaning. */
    boolean overlaps(KeyText other) {
        return allPieces(other, KeyPiece::overlaps);
    }

    private boolean allPieces(KeyText other, BiPredicate<KeyPiece, KeyPiece> relation) {
        return pieces.size() == other.pieces.size()
                && IntStream.range(0, pieces.size()).allMatch(i -> relation.test(pieces.get(i), other.pieces.get(i)));
    }

    /** Shows the key for messages, with the types of its parts in braces. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(literals.get(0));
        for (int i = 0; i < parts.size(); i++) {
            String type = parts.get(i).path().type().getTypeName().replaceAll("\\w+\\.", "");
            text.append('{').append(type).append('}').append(literals.get(i + 1));
        }
        return text.toString();
    }

    /** One placeholder of a key: the path to its value, and its format. */
    record KeyPart(PathReading.Path path, PartFormat format) {

        /** Returns the value from which its text can be made later; null if there is a null on the way. */
        @Nullable Object kept(@Nullable Object[] arguments) {
            Object value = path.follow(arguments);
            return value == null ? null : format.kept(value);
        }

        /** Returns the text of a kept value. */
        String text(Object kept) {
            return format.textOfKept(kept);
        }
    }
}
