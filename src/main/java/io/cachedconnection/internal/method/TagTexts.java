package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.CoreMessage;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Makes and checks the texts of tags from programs, like the templates of annotations. */
public final class TagTexts {

    /** The escape sequences and marks of {@link PartText}. */
    private static final Pattern ENCODED = Pattern.compile("%(?:[0-9A-F]{2}|[_(),+-])");

    private TagTexts() {}

    /**
     * Returns the text that {@code template} makes of {@code parts}.
     *
     * @throws IllegalArgumentException if the template or a part is unsuitable
     * @throws NullPointerException if a part is null
     */
    public static String of(String template, Object... parts) {
        KeyTemplate parsed;
        try {
            parsed = KeyTemplate.parse(checked(template, "the template is blank"));
        } catch (IllegalArgumentException e) {
            throw refused("its template is malformed: " + e.getMessage());
        }
        List<String> texts = new ArrayList<>();
        for (List<String> names : parsed.placeholders()) {
            String name = names.get(0);
            if (names.size() > 1 || !KeyTemplate.isIndex(name) || Integer.parseInt(name) >= parts.length) {
                throw refused("its template names {" + String.join(".", names) + "}, and it has " + parts.length
                        + " part(s), counted from 0");
            }
            Object part = Objects.requireNonNull(parts[Integer.parseInt(name)], "A part of the tag is null.");
            Class<?> type = part instanceof Enum<?> constant
                    ? constant.getDeclaringClass()
                    : part instanceof ZoneId ? ZoneId.class : part.getClass();
            PartFormat format = new FormatReading(new Problems("")).of(type, "");
            if (format == null) {
                throw refused("a part of type " + type.getTypeName() + " has no unambiguous text");
            }
            texts.add(format.text(part));
        }
        StringBuilder text = new StringBuilder(parsed.literals().get(0));
        for (int i = 0; i < texts.size(); i++) {
            text.append(texts.get(i)).append(parsed.literals().get(i + 1));
        }
        return checked(text.toString());
    }

    /**
     * Returns {@code tag} if a template can make it. Messages do not show it, because it is made of values.
     *
     * @throws IllegalArgumentException if no template can make it
     */
    public static String checked(String tag) {
        checked(tag, "it is blank");
        String plain = ENCODED.matcher(tag).replaceAll("").replace(":", "");
        if (!PartText.of(plain).equals(plain)) {
            throw refused("it holds white space, a brace, a control character or a percent sign that is not encoded");
        }
        return tag;
    }

    private static String checked(String text, String otherwise) {
        if (text.isBlank()) {
            throw refused(otherwise);
        }
        return text;
    }

    private static IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(CoreMessage.NO_TAG.with(reason));
    }
}
