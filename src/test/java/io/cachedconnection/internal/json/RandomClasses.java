package io.cachedconnection.internal.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The source of a class {@code Made} with classes of all kinds in it, drawn by lot, and fields of types made of them. */
final class RandomClasses {

    private static final List<String> SCALARS = List.of(
            "int",
            "long",
            "double",
            "float",
            "boolean",
            "char",
            "short",
            "String",
            "Integer",
            "Long",
            "Double",
            "Boolean",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "UUID",
            "LocalDate",
            "Instant",
            "Duration",
            "Year",
            "Locale",
            "Currency",
            "java.net.URI",
            "Date",
            "Color",
            "byte[]",
            "int[]",
            "StringBuilder",
            "java.util.concurrent.atomic.AtomicLong");
    private static final List<String> KEYS = List.of("String", "Integer", "UUID", "Color", "Long");

    private final Random random;
    private final List<String> beans = new ArrayList<>(); // what can be extended
    private final List<String> all = new ArrayList<>();
    private int names;

    RandomClasses(Random random) {
        this.random = random;
    }

    /** The source, whose class {@code Roots} has one field for each type of a value. */
    String source() {
        StringBuilder source = new StringBuilder("public class Made { public enum Color { RED, GREEN { }, BLUE } ");
        int classes = 4 + random.nextInt(5);
        for (int i = 0; i < classes; i++) {
            source.append(next("C" + i));
            all.add("C" + i);
        }
        source.append("public static class Roots { ");
        for (int i = 0; i < 8; i++) {
            source.append("public ")
                    .append(boxed(type(2)))
                    .append(" r")
                    .append(i)
                    .append("; ");
        }
        return source.append("} }").toString();
    }

    private String next(String name) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> record(name);
            case 3 -> extending(name, "ArrayList<String>");
            case 4 -> extending(name, "LinkedHashMap<String, Integer>");
            case 5 -> beans.isEmpty() ? bean(name, "") : bean(name, " extends " + any(beans));
            case 6 ->
                beans.isEmpty() ? record(name) : "public static class " + name + " extends " + any(beans) + " { } ";
            case 7 -> created(name);
            default -> bean(name, "");
        };
    }

    private String record(String name) {
        List<String> components = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            components.add(type(2) + " f" + names++);
        }
        return "public record " + name + "(" + String.join(", ", components) + ") { } ";
    }

    private String extending(String name, String parent) {
        return "public static class " + name + " extends " + parent + " { " + (random.nextBoolean() ? property() : "")
                + "} ";
    }

    private String bean(String name, String parent) {
        StringBuilder source = new StringBuilder("public static class " + name + parent + " { ");
        for (int i = random.nextInt(5); i >= 0; i--) {
            source.append(property());
        }
        beans.add(name);
        return source.append("} ").toString();
    }

    private String created(String name) {
        String type = type(1);
        return "public static class " + name + " { private final " + type + " a; private int b; @JsonbCreator public "
                + name
                + "(@JsonbProperty(\"a\") " + type + " a) { this.a = a; } public " + type
                + " getA() { return a; } public int getB() { return b; } } ";
    }

    private String property() {
        String name = "f" + names++;
        String type = type(2);
        String getter = "public " + type + " getF" + name.substring(1) + "() { return " + name + "; } ";
        String setter = "public void setF" + name.substring(1) + "(" + type + " v) { " + name + " = v; } ";
        return switch (random.nextInt(12)) {
            case 0 -> "private " + type + " " + name + "; ";
            case 1 -> "public " + type + " " + name + "; ";
            case 2, 3 -> "private " + type + " " + name + "; " + getter;
            case 4 -> "private transient " + type + " " + name + "; ";
            case 5 -> "@JsonbTransient private " + type + " " + name + "; " + getter;
            case 6 -> "protected " + type + " " + name + "; " + getter + setter.replace("public", "protected");
            default -> "private " + type + " " + name + "; " + getter + setter;
        };
    }

    private String type(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return all.isEmpty() || random.nextInt(4) > 0 ? any(SCALARS) : any(all);
        }
        String element = boxed(type(depth - 1));
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> "List<" + element + ">";
            case 3 -> "Set<" + element + ">";
            case 4 -> "Collection<" + element + ">";
            case 5, 6 -> "Map<" + any(KEYS) + ", " + element + ">";
            case 7 -> "SortedMap<String, " + element + ">";
            case 8 -> "LinkedHashSet<" + element + ">";
            case 9 -> "Optional<" + element + ">";
            default -> all.isEmpty() ? "String[]" : any(all) + "[]";
        };
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> "Integer";
            case "char" -> "Character";
            case "long", "double", "float", "boolean", "short" ->
                type.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + type.substring(1);
            default -> type;
        };
    }

    private String any(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
