package io.cachedconnection.internal.json;

import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What not every provider of JSON-B reads right, to find out whether one does: a component that is an empty
 * {@code Optional} becomes null with some, and elements whose type is a variable become maps and texts. Neither makes them
 * fail, so whoever gets the value would. Public because JSON-B providers ask for it.
 *
 * @param elements of the type of the variable
 * @param nothing an empty one
 */
public record Probe<T>(List<T> elements, Optional<String> nothing) {

    private static final UUID ID = new UUID(1, 2);
    private static final String TEXT = "{\"elements\":[\"" + ID + "\"],\"nothing\":null}";

    static boolean isReadBy(Jsonb provider) {
        Type type = OfIds.class.getRecordComponents()[0].getGenericType();
        try {
            return new Probe<>(List.of(ID), Optional.empty()).equals(provider.fromJson(TEXT, type));
        } catch (RuntimeException | LinkageError e) {
            return false; // it does not read it at all
        }
    }

    /** A declaration that has the type. */
    private record OfIds(Probe<UUID> probe) {}
}
