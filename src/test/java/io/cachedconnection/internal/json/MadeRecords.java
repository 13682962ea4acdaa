package io.cachedconnection.internal.json;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Records made at random of each other and of all kinds of types, compiled and loaded. Every other one is made of nothing
 * that may change.
 */
final class MadeRecords {

    private static final String MADE_HERE = SharedValuesTest.class.getName() + ".";
    private static final List<String> PRIMITIVE = List.of("int", "long", "boolean", "double", "char", "short");
    private static final List<String> FIXED = List.of(
            "Integer",
            "Long",
            "Short",
            "Double",
            "Boolean",
            "Character",
            "String",
            "java.math.BigDecimal",
            "java.util.UUID",
            "java.net.URI",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.Duration",
            "java.time.DayOfWeek");
    private static final List<String> CHANGEABLE = List.of(
            "byte[]",
            "int[]",
            "String[]",
            "Object",
            "Number",
            "CharSequence",
            "java.util.Date",
            "java.util.List<String>",
            "java.util.Set<java.util.UUID>",
            "java.util.Map<String, Integer>",
            MADE_HERE + "Open",
            MADE_HERE + "Choice",
            MADE_HERE + "Maybe<?>",
            MADE_HERE + "Maybe",
            "java.util.Optional<?>");

    private final Random random;
    private final List<String> fixed = new ArrayList<>(FIXED);
    private final List<String> changeable = new ArrayList<>(CHANGEABLE);
    private final List<String> names = new ArrayList<>();

    private MadeRecords(Random random) {
        this.random = random;
    }

    /** So many, written and compiled in {@code folder}; those at even places are made of nothing that may change. */
    static List<Class<?>> in(Path folder, Random random, int count) throws IOException, ReflectiveOperationException {
        MadeRecords records = new MadeRecords(random);
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve("R" + i + ".java"), records.source(i));
        }
        records.compile(folder);
        return records.loaded(folder);
    }

    private String source(int index) {
        String name = "R" + index;
        boolean mayChange = index % 2 == 1;
        List<String> components = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            components.add(fixed(2) + " c" + i);
        }
        if (random.nextInt(4) == 0) {
            components.add((random.nextBoolean() ? name : "java.util.Optional<" + name + ">") + " own");
        }
        if (mayChange) {
            components.add(random.nextInt(components.size() + 1), changeable(2) + " odd");
        }
        (mayChange ? changeable : fixed).add(name);
        names.add(name);
        return "@SuppressWarnings(\"rawtypes\") public record " + name + "(" + String.join(", ", components) + ") {}";
    }

    private String fixed(int depth) {
        return random.nextInt(4) == 0 ? one(PRIMITIVE) : fixedObject(depth);
    }

    private String fixedObject(int depth) {
        return depth == 0 || random.nextBoolean() ? oneOrLate(fixed) : around(fixedObject(depth - 1));
    }

    private String changeable(int depth) {
        return switch (random.nextInt(depth == 0 ? 1 : 4)) {
            case 0 -> oneOrLate(changeable);
            case 1 -> "java.util.List<" + fixedObject(depth - 1) + ">";
            case 2 -> "java.util.Map<String, " + fixedObject(depth - 1) + ">";
            default -> around(changeable(depth - 1));
        };
    }

    private String around(String content) {
        return (random.nextBoolean() ? "java.util.Optional<" : MADE_HERE + "Maybe<") + content + ">";
    }

    /** Any of them, or one of those that were made last. */
    private String oneOrLate(List<String> types) {
        return random.nextBoolean() ? one(types) : types.get(types.size() - 1 - random.nextInt(5));
    }

    private String one(List<String> types) {
        return types.get(random.nextInt(types.size()));
    }

    private void compile(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-parameters",
                "-d",
                folder.toString(),
                "-classpath",
                Path.of(here()).toString()));
        names.forEach(name -> arguments.add(folder.resolve(name + ".java").toString()));
        int result = compiler.run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("does not compile");
        }
    }

    private List<Class<?>> loaded(Path folder) throws IOException, ReflectiveOperationException {
        // Not closed: classes are loaded as they are needed.
        ClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(Class.forName(name, true, loader));
        }
        return classes;
    }

    private static URI here() {
        return URI.create(SharedValuesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
    }
}
