package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.ResolvedType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Computes fingerprints of types. Types with the same JSON, as far as their declarations tell, have the same fingerprint on
 * every JVM. The algorithm is part of the wire format: see {@code docs/reference/wire-format.md}. Use one instance for one
 * type.
 */
public final class Fingerprints {

    private static final int MAX_BLOCKS_OF_CLASS = 16;
    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;

    private final StringBuilder text = new StringBuilder();
    private final Queue<ResolvedType> pending = new ArrayDeque<>();
    private final Set<ResolvedType> met = new HashSet<>();
    private final Map<Class<?>, Integer> blocks = new HashMap<>();

    private Fingerprints() {}

    /** Returns the fingerprint of {@code type}. */
    public static long of(Type type) {
        return hash(text(type));
    }

    /** Returns the fingerprint of {@code type} with an application's codec of this version. */
    public static long ofCodec(Type type, String version) {
        return hash("codec " + version + "\ntype " + ResolvedType.of(type, Map.of()) + '\n');
    }

    private static long hash(String text) {
        try {
            byte[] bytes = text.getBytes(UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** Returns the text from which the fingerprint is computed. */
    static String text(Type type) {
        return new Fingerprints().written(ResolvedType.of(type, Map.of()));
    }

    private String written(ResolvedType root) {
        text.append("type ").append(root).append('\n');
        meet(root);
        for (ResolvedType next = pending.poll(); next != null; next = pending.poll()) {
            text.append(kind(next.type())).append(' ').append(next).append('\n');
            lines(next).forEach((line, types) -> {
                text.append(' ').append(line).append('\n');
                types.forEach(this::meet);
            });
        }
        return text.toString();
    }

    private void meet(ResolvedType type) {
        ResolvedType element = type.element();
        // A class may use itself with ever larger type arguments.
        if (element.isOfApplication()
                && met.add(element)
                && blocks.merge(element.type(), 1, Integer::sum) <= MAX_BLOCKS_OF_CLASS) {
            pending.add(element);
        }
        element.arguments().forEach(this::meet);
    }

    private static String kind(Class<?> type) {
        if (type.isRecord()) {
            return "record";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    /**
     * Returns the sorted lines about one class, each with the types that it names; none if a class of its declaration is
     * missing.
     */
    private static Map<String, List<ResolvedType>> lines(ResolvedType type) {
        try {
            return new OfClass(type).lines();
        } catch (LinkageError | TypeNotPresentException e) {
            return Map.of(); // reflection cannot see its members, so only its name counts
        }
    }

    /** Collects the lines about one class of the application. */
    private static final class OfClass {

        private final Class<?> type;
        private final ResolvedType resolved;
        private final Map<String, List<ResolvedType>> lines = new TreeMap<>();

        OfClass(ResolvedType resolved) {
            this.type = resolved.type();
            this.resolved = resolved;
        }

        Map<String, List<ResolvedType>> lines() {
            annotations("", type);
            if (type.getPackage() != null) {
                annotations("package ", type.getPackage());
            }
            Class<?> parent = type.getSuperclass();
            if (parent != null
                    && !List.of(Object.class, Record.class, Enum.class).contains(parent)) {
                line("extends", resolved(type::getGenericSuperclass, parent));
            }
            Class<?>[] interfaces = type.getInterfaces();
            for (int i = 0; i < interfaces.length; i++) {
                int index = i;
                ResolvedType each = resolved(() -> type.getGenericInterfaces()[index], interfaces[i]);
                // Persistence providers add interfaces, each provider its own. JSON-B ignores them.
                boolean matters = each.isOfApplication()
                        ? !Fingerprints.lines(each).isEmpty()
                        : Collection.class.isAssignableFrom(each.type()) || Map.class.isAssignableFrom(each.type());
                if (matters) {
                    line("implements", each);
                }
            }
            Arrays.stream(type.getDeclaredFields())
                    .filter(ClassDescription::isOfSource)
                    .forEach(this::field);
            Arrays.stream(type.getDeclaredMethods())
                    .filter(ClassDescription::isOfSource)
                    .forEach(this::method);
            Arrays.stream(type.getDeclaredConstructors())
                    .filter(constructor -> !constructor.isSynthetic())
                    .forEach(this::creator);
            return lines;
        }

        private void field(Field field) {
            String name = field.getName();
            if (field.isEnumConstant()) {
                lines.put("constant " + name, List.of());
                annotations("constant " + name + " ", field);
                return;
            }
            annotations("field " + name + " ", field);
            if (type.isEnum() || (field.getModifiers() & NEVER_WRITTEN) != 0) {
                return;
            }
            line("field " + name, resolved(field::getGenericType, field.getType()));
            // The modifiers that decide access; the fields of records all have the same.
            int access = type.isRecord() ? 0 : field.getModifiers() & (Modifier.PUBLIC | Modifier.FINAL);
            if (access != 0) {
                lines.put(Modifier.toString(access) + " field " + name, List.of());
            }
        }

        private void method(Method method) {
            if (Modifier.isStatic(method.getModifiers())) {
                creator(method);
                return;
            }
            String name = "method " + method.getName();
            boolean isAccessor = !type.isEnum() && Modifier.isPublic(method.getModifiers());
            if (isAccessor && ClassDescription.isGetter(method)) {
                line(name, resolved(method::getGenericReturnType, method.getReturnType()));
            }
            if (isAccessor && ClassDescription.isSetter(method)) {
                Parameter parameter = method.getParameters()[0];
                line(name, resolved(parameter::getParameterizedType, parameter.getType()));
            }
            annotations(name + " ", method);
            parameters(name, method);
        }

        private void creator(Executable creator) {
            annotations("creator ", creator);
            parameters("creator", creator);
        }

        /** Adds lines only if the executable or one of its parameters has an annotation. */
        private void parameters(String prefix, Executable executable) {
            Parameter[] parameters = executable.getParameters();
            if (!AnnotationText.isOn(executable) && Arrays.stream(parameters).noneMatch(AnnotationText::isOn)) {
                return;
            }
            // Compilers differ in whether they keep the parameter names of a record's constructor, which are those of
            // its
            // components.
            RecordComponent[] components = type.getRecordComponents();
            boolean isCanonical = executable instanceof Constructor<?>
                    && components != null
                    && Arrays.equals(
                            executable.getParameterTypes(),
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray());
            for (int i = 0; i < parameters.length; i++) {
                Parameter parameter = parameters[i];
                String name = prefix + " parameter " + (isCanonical ? components[i].getName() : parameter.getName());
                line(name, resolved(parameter::getParameterizedType, parameter.getType()));
                annotations(name + " ", parameter);
            }
        }

        private void annotations(String prefix, AnnotatedElement element) {
            lines.putAll(AnnotationText.lines(prefix, element));
        }

        private void line(String name, ResolvedType named) {
            lines.put(name + " " + named, List.of(named));
        }

        /** Resolves a declared type; returns the class without type arguments if one of them is missing. */
        private ResolvedType resolved(Supplier<Type> declared, Class<?> raw) {
            try {
                return ResolvedType.of(declared.get(), resolved.variables());
            } catch (LinkageError | TypeNotPresentException e) {
                return ResolvedType.of(raw, Map.of());
            }
        }
    }
}
