package io.cachedconnection.internal.json;

import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a deserializer meets it, read to its end. Texts, nulls and objects are kept; of a number, a boolean
 * or an array only that it is there.
 */
final class Tree {

    private static final Object OTHER = new Object();

    private final Map<String, @Nullable Object> members = new HashMap<>();

    /**
     * The object that {@code parser} is in. Providers differ: some have consumed its opening brace, some have not. Where
     * JSON has null, or a value that is no object, some call a deserializer all the same, with nothing left to read: then
     * there is no tree, or a refusal.
     */
    static @Nullable Tree orNull(JsonParser parser) {
        if (parser.hasNext()) {
            return rest(parser, true);
        }
        if (parser.getValue() != JsonValue.NULL) {
            throw refused();
        }
        return null;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable String textOrNull(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw refused();
    }

    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw refused();
        }
        return text;
    }

    @Nullable Tree treeOrNull(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof Tree) {
            return (Tree) value;
        }
        throw refused();
    }

    /** What a deserializer throws; it says nothing of the value. */
    static JsonbException refused() {
        return new JsonbException("Not in the wire format.");
    }

    private static Tree rest(JsonParser parser, boolean openingAllowed) {
        Tree tree = new Tree();
        Event event = parser.next();
        if (openingAllowed && event == Event.START_OBJECT) {
            event = parser.next();
        }
        for (; event == Event.KEY_NAME; event = parser.next()) {
            tree.members.put(parser.getString(), value(parser));
        }
        if (event != Event.END_OBJECT) {
            throw refused();
        }
        return tree;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.next()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            case START_OBJECT -> rest(parser, false);
            case START_ARRAY -> array(parser);
            default -> OTHER;
        };
    }

    private static Object array(JsonParser parser) {
        int depth = 1;
        while (depth > 0) {
            switch (parser.next()) {
                case START_ARRAY, START_OBJECT -> depth++;
                case END_ARRAY, END_OBJECT -> depth--;
                default -> {}
            }
        }
        return OTHER;
    }
}
