package io.cachedconnection.rolling;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source of a type as one version of an application has it, in short: apostrophes stand for quotation marks, and
 * {@code bean Name extends Parent(int a) : int b} for a class with fields, getters, setters and constructors.
 *
 * @param type the type of the value
 * @param value an expression for the value of {@code row}
 * @param declarations the classes
 */
record Draft(String type, String value, List<String> declarations) {

    private static final Pattern BEAN = Pattern.compile("bean (\\w+)(?: extends (\\w+)\\((.*)\\))? : (.*)");

    static Draft of(String type, String value, String... declarations) {
        return new Draft(type, value, List.of(declarations));
    }

    /** Its classes inside one of that {@code name}, together with a method that makes the value of a row. */
    String source(String name) {
        return "public static class " + name + " { public static " + type + " of(int row) { return " + quoted(value)
                + "; } " + declarations.stream().map(Draft::declaration).collect(Collectors.joining(" ")) + " }\n";
    }

    private static String declaration(String text) {
        Matcher bean = BEAN.matcher(quoted(text));
        return bean.matches() ? bean(bean) : "public static " + quoted(text);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    private static String bean(Matcher bean) {
        String name = bean.group(1);
        String parent = bean.group(2);
        List<String> inherited = parent == null ? List.of() : list(bean.group(3));
        List<String> own = list(bean.group(4));
        String parameters = Stream.concat(inherited.stream(), own.stream())
                .map(Draft::plain)
                .collect(Collectors.joining(", "));
        return "public static class " + name + (parent == null ? "" : " extends " + parent) + " { public " + name
                + "() {} public " + name + "(" + parameters + ") { super("
                + inherited.stream().map(Draft::name).collect(Collectors.joining(", ")) + "); "
                + own.stream().map(Draft::assignment).collect(Collectors.joining()) + "} "
                + own.stream().map(Draft::property).collect(Collectors.joining()) + "}";
    }

    private static List<String> list(String properties) {
        return Arrays.asList(properties.split(", "));
    }

    private static String assignment(String property) {
        return "this." + name(property) + " = " + name(property) + "; ";
    }

    private static String property(String property) {
        String name = name(property);
        String type = plain(property).replaceAll(" \\w+$", "");
        String end = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        return "private " + property + "; public " + type + " get" + end + "() { return " + name + "; } "
                + "public void set" + end + "(" + type + " " + name + ") { this." + name + " = " + name + "; } ";
    }

    private static String name(String property) {
        return property.substring(property.lastIndexOf(' ') + 1);
    }

    /** Without annotations. */
    private static String plain(String property) {
        return property.replaceAll("@\\S+ ", "");
    }
}
