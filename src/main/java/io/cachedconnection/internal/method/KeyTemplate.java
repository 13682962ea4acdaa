package io.cachedconnection.internal.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A parsed key template: literals and placeholders alternate, and a literal comes first and last.
 *
 * @param literals the texts before, between and after the placeholders, possibly empty; one more than placeholders
 * @param placeholders for each, the parameter's name or index, then the names of properties
 */
record KeyTemplate(List<String> literals, List<List<String>> placeholders) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    /** Returns the template of a key of these parameters, in this order. */
    static KeyTemplate ofParameters(List<Integer> indexes) {
        List<String> literals = new ArrayList<>(Collections.nCopies(indexes.size() + 1, ":"));
        literals.set(0, "");
        literals.set(indexes.size(), "");
        return new KeyTemplate(
                literals, indexes.stream().map(i -> List.of(i.toString())).toList());
    }

    /**
     * Parses {@code text}.
     *
     * @throws IllegalArgumentException if it is malformed; the message is a reason that follows a colon
     */
    static KeyTemplate parse(String text) {
        List<String> literals = new ArrayList<>();
        List<List<String>> placeholders = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            literals.add(text.substring(end, matcher.start()));
            placeholders.add(names(matcher.group(1)));
            end = matcher.end();
        }
        literals.add(text.substring(end));
        return checked(new KeyTemplate(literals, placeholders));
    }

    static boolean isIndex(String name) {
        return INDEX.matcher(name).matches();
    }

    private static List<String> names(String inside) {
        require(!inside.isEmpty(), "empty braces; name a parameter in them");
        List<String> names = List.of(inside.split("\\.", -1));
        boolean wellFormed = (isIndex(names.get(0)) || isIdentifier(names.get(0)))
                && names.stream().skip(1).allMatch(KeyTemplate::isIdentifier);
        require(wellFormed, "braces contain a parameter or its index, then properties, as in {parameter.id}");
        return names;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    private static KeyTemplate checked(KeyTemplate template) {
        template.literals.forEach(KeyTemplate::checkLiteral);
        // A part contains no colon, so exactly a colon between two parts separates them unambiguously.
        boolean apart = IntStream.range(1, template.placeholders.size())
                .allMatch(i -> template.literals.get(i).contains(":"));
        require(apart, "two placeholders need a ':' between them");
        return template;
    }

    private static void checkLiteral(String literal) {
        require(!literal.contains("{") && !literal.contains("}"), "unbalanced brace");
        String apartFromColons = literal.replace(":", "");
        require(
                PartText.of(apartFromColons).equals(apartFromColons),
                "its text holds white space, a control character or a percent sign");
    }

    private static void require(boolean condition, String reason) {
        if (!condition) {
            throw new IllegalArgumentException(reason);
        }
    }
}
