package io.cachedconnection.internal.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The source of random records that hold each other, and of types that are made of them. */
final class RandomRecords {

    private static final List<String> SCALARS = List.of(
            "boolean",
            "byte",
            "short",
            "int",
            "long",
            "float",
            "double",
            "char",
            "Boolean",
            "Byte",
            "Short",
            "Integer",
            "Long",
            "Float",
            "Double",
            "Character",
            "String",
            "String",
            "String",
            "byte[]",
            "UUID",
            "java.net.URI",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "Instant",
            "Instant",
            "LocalDate",
            "LocalTime",
            "LocalDateTime",
            "OffsetDateTime",
            "OffsetTime",
            "ZonedDateTime",
            "Duration",
            "Period",
            "Year",
            "YearMonth",
            "MonthDay",
            "ZoneId",
            "ZoneOffset",
            "DayOfWeek",
            "Plain",
            "Bodied",
            "Told",
            "Figure",
            "io.cachedconnection.provider.ProviderConnection",
            "io.cachedconnection.provider.ProviderCredentials");
    private static final List<String> KEYS = List.of("String", "String", "Integer", "Long", "UUID", "Plain", "Bodied");
    private static final List<String> SORTED =
            List.of("String", "Integer", "Long", "Short", "Byte", "UUID", "Instant", "LocalDate", "Plain");
    private static final List<String> NAMES = List.of(
            "id",
            "name",
            "a",
            "b",
            "A",
            "URL",
            "xAxis",
            "a_b",
            "a1",
            "$x",
            "größe",
            "Zeta",
            "total",
            "veryLongNameOfAComponent",
            "value",
            "type",
            "z",
            "i",
            "j",
            "k");
    private static final String ENUMS = "public enum Plain {ONE, TWO, THREE, größte}"
            + " public enum Bodied {RED, GREEN {@Override public int n() {return 1;}}; public int n() {return 0;}}"
            + " public enum Told {EINS; @Override public String toString() {return \"1\";}}";

    private static final String SEALED =
            " @JsonbTypeInfo({@JsonbSubtype(alias = \"dot\", type = Dot.class), @JsonbSubtype(alias = \"Li\\ne\", type = Line.class)"
                    + "})"
                    + " public sealed interface Figure permits Dot, Line {}"
                    + " public record Dot(int x, int y) implements Figure {}"
                    + " public record Line(String name, List<Figure> ends, Plain A) implements Figure {}"
                    + "";

    private final Random random;
    private final List<String> records = new ArrayList<>();

    RandomRecords(Random random) {
        this.random = random;
    }

    /** A class {@code Made} with these records in it, and a class {@code Roots} whose fields have the types. */
    String source(int count) {
        StringBuilder source = new StringBuilder("public class Made {" + ENUMS + SEALED);
        StringBuilder roots = new StringBuilder(" public static class Roots {");
        source.append(" public record Page<T>(List<T> items, Optional<T> first, Map<String, T> named, int total) {}");
        for (int i = 0; i < count; i++) {
            source.append(random.nextInt(4) == 0 ? bean("R" + i) : record("R" + i));
            records.add("R" + i);
            roots.append(" public ")
                    .append(i % 3 == 0 ? type(3) : "R" + i)
                    .append(" f")
                    .append(i)
                    .append(';');
        }
        return source.append(roots).append("}}").toString();
    }

    private String record(String name) {
        List<String> names = new ArrayList<>(NAMES);
        List<String> components = new ArrayList<>();
        String copied = "";
        for (int i = random.nextInt(7); i >= 0; i--) {
            String component = names.remove(random.nextInt(names.size()));
            String type = random.nextInt(12) == 0 ? "List<" + name + ">" : random.nextInt(14) == 0 ? name : type(2);
            if (type.startsWith("List<") && random.nextInt(3) == 0) {
                copied += component + " = " + component + " == null ? null : new ArrayList<>(" + component + ");";
            }
            components.add(type + " " + component);
        }
        String body = copied.isEmpty() ? "" : "public " + name + " {" + copied + "}";
        body += random.nextInt(4) == 0 ? " public String helper() {return \"h\";}" : "";
        body += random.nextInt(9) == 0
                ? " public " + name + " {if (" + (random.nextBoolean() ? "Math.random() > 2" : "false")
                        + ") {throw new IllegalArgumentException();}}"
                : "";
        body = copied.isEmpty() ? body : body.substring(0, body.indexOf('}') + 1);
        return " public record " + name + "(" + String.join(", ", components) + ") {" + body + "}";
    }

    /** A class with getters and setters, some of which do more than that. */
    private String bean(String name) {
        List<String> names = new ArrayList<>(List.of("id", "name", "total", "value", "zeta", "b", "largeNumber", "on"));
        StringBuilder source = new StringBuilder(" public static class " + name + " {");
        for (int i = random.nextInt(5); i >= 0; i--) {
            String property = names.remove(random.nextInt(names.size()));
            String end = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
            String type = random.nextInt(10) == 0 ? name : type(2);
            String odd = random.nextInt(12) == 0 ? " System.nanoTime();" : "";
            source.append(" private " + type + " " + property
                            + (type.equals("String")
                                    ? " = \"d\""
                                    : type.startsWith("List<") ? " = new ArrayList<>()" : "")
                            + ";")
                    .append(" public " + type + (type.equals("boolean") ? " is" : " get") + end + "() {" + odd
                            + " return " + property + ";}")
                    .append(" public void set" + end + "(" + type + " value) {this." + property + " = value;}");
        }
        return source.append("}").toString();
    }

    private String type(int depth) {
        if (depth == 0 || random.nextInt(5) < 2) {
            return one(SCALARS);
        }
        return switch (random.nextInt(12)) {
            case 0, 1 -> "List<" + element(depth - 1) + ">";
            case 2 -> "Collection<" + element(depth - 1) + ">";
            case 3 -> "Set<" + (random.nextInt(3) == 0 ? element(depth - 1) : boxed(one(SCALARS))) + ">";
            case 4 -> "Map<" + one(KEYS) + ", " + element(depth - 1) + ">";
            case 5 ->
                random.nextBoolean()
                        ? "SortedSet<" + one(SORTED) + ">"
                        : "SortedMap<" + one(List.of("String", "Integer", "Long", "Plain")) + ", " + element(depth - 1)
                                + ">";
            case 6 ->
                type(depth - 1).contains("<")
                        ? "int[]"
                        : one(List.of(
                                "int[]",
                                "long[]",
                                "double[][]",
                                "String[]",
                                "UUID[]",
                                "Plain[]",
                                "char[]",
                                "boolean[]",
                                "short[]",
                                "float[]",
                                "Instant[]",
                                "Integer[]"));
            case 7 -> one(List.of("OptionalInt", "OptionalLong", "OptionalDouble"));
            case 8 -> "Optional<" + plainElement(depth - 1) + ">";
            case 9 -> "Page<" + plainElement(depth - 1) + ">";
            default -> records.isEmpty() ? one(SCALARS) : one(records);
        };
    }

    private String element(int depth) {
        return random.nextInt(8) == 0 ? "Optional<" + plainElement(0) + ">" : boxed(type(depth));
    }

    /** What is no Optional itself. */
    private String plainElement(int depth) {
        String type = boxed(type(depth));
        return type.startsWith("Optional") ? "String" : type;
    }

    private static String boxed(String type) {
        return switch (type) {
            case "boolean" -> "Boolean";
            case "byte" -> "Byte";
            case "short" -> "Short";
            case "int" -> "Integer";
            case "long" -> "Long";
            case "float" -> "Float";
            case "double" -> "Double";
            case "char" -> "Character";
            default -> type;
        };
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
