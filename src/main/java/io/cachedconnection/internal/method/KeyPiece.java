package io.cachedconnection.internal.method;

import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the text between two colons of a key.
 *
 * @param text a fixed text, or one with a placeholder in it
 * @param type the declared type of the part, if the piece is that and nothing else
 */
record KeyPiece(String text, @Nullable Type type) {

    /** Whether the types leave room for one text of both; what is fixed in both is not compared here. */
    boolean canEqual(KeyPiece other) {
        if (type != null && other.type != null) {
            return PartKind.of(type).canEqual(PartKind.of(other.type));
        }
        return type == null ? other.canRead(this) : canRead(other);
    }

    /** Whether a value of the type, if there is one, can read like the fixed text, if it is one. */
    private boolean canRead(KeyPiece fixed) {
        return type == null
                || fixed.text.contains(KeyShape.ANYTHING)
                || (PartKind.of(type).canRead(fixed.text) && isConstant(TypeBindings.erased(type), fixed.text));
    }

    private static boolean isConstant(Class<?> type, String text) {
        return !type.isEnum()
                || Stream.of(type.getEnumConstants())
                        .anyMatch(constant ->
                                PartText.of(((Enum<?>) constant).name()).equals(text));
    }
}
