package io.cachedconnection.internal.json;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines about one class of the application; see {@code docs/wire-format.md}. */
final class ClassLines {

    private static final int NEVER_WRITTEN = Modifier.STATIC | Modifier.TRANSIENT;

    private final Class<?> type;
    private final Map<TypeVariable<?>, ResolvedType> variables;

    private ClassLines(ResolvedType type) {
        this.type = type.type();
        this.variables = type.variables();
    }

    /** In order, and each once; none where the class lacks what it is made of. */
    static List<Line> of(ResolvedType type) {
        try {
            return new ClassLines(type)
                    .all()
                    .sorted(Comparator.comparing(Line::text))
                    .distinct()
                    .toList();
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of(); // a class whose members nobody can see is its name
        }
    }

    /** What it is. */
    static String kind(Class<?> type) {
        if (type.isRecord()) {
            return "record";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    private Stream<Line> all() {
        Package home = type.getPackage();
        Stream<Line> outside = Stream.concat(
                AnnotationText.lines("", type), home == null ? Stream.empty() : AnnotationText.lines("package ", home));
        return Stream.of(outside, parents(), members()).flatMap(lines -> lines);
    }

    private Stream<Line> parents() {
        Class<?> parent = type.getSuperclass();
        boolean hasParent = parent != null
                && !List.of(Object.class, Record.class, Enum.class).contains(parent);
        Stream<Line> extended = hasParent
                ? Stream.of(Line.of("extends", resolved(type::getGenericSuperclass, parent)))
                : Stream.empty();
        return Stream.concat(extended, interfaces());
    }

    private Stream<Line> interfaces() {
        Class<?>[] raw = type.getInterfaces();
        return IntStream.range(0, raw.length)
                .mapToObj(i -> resolved(() -> type.getGenericInterfaces()[i], raw[i]))
                .filter(ClassLines::matters)
                .map(each -> Line.of("implements", each));
    }

    /** Providers of persistence add interfaces to classes, each of them others; these have nothing that JSON-B looks at. */
    private static boolean matters(ResolvedType each) {
        return each.isOfApplication()
                ? !of(each).isEmpty()
                : Collection.class.isAssignableFrom(each.type()) || Map.class.isAssignableFrom(each.type());
    }

    private Stream<Line> members() {
        Stream<Line> fields = Arrays.stream(type.getDeclaredFields())
                .filter(ClassLines::isOfSource)
                .flatMap(this::field);
        Stream<Line> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(ClassLines::isOfSource)
                .flatMap(this::method);
        Stream<Line> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> !constructor.isSynthetic())
                .flatMap(this::creator);
        return Stream.of(fields, methods, constructors).flatMap(lines -> lines);
    }

    /** Not added by a compiler, an agent or a provider of persistence. */
    private static boolean isOfSource(Member member) {
        return !member.isSynthetic() && !ProviderAdditions.isMember(member);
    }

    private Stream<Line> field(Field field) {
        String name = field.getName();
        if (field.isEnumConstant()) {
            return withAnnotations("constant " + name, Line.of("constant " + name), field);
        }
        if (type.isEnum() || (field.getModifiers() & NEVER_WRITTEN) != 0) {
            return AnnotationText.lines("field " + name + " ", field);
        }
        ResolvedType declared = resolved(field::getGenericType, field.getType());
        return Stream.concat(
                withAnnotations("field " + name, Line.of("field " + name, declared), field), access(field));
    }

    /** Who may read it and who may set it; those of records are all alike. */
    private Stream<Line> access(Field field) {
        int modifiers = type.isRecord() ? 0 : field.getModifiers() & (Modifier.PUBLIC | Modifier.FINAL);
        return modifiers == 0
                ? Stream.empty()
                : Stream.of(Line.of(Modifier.toString(modifiers) + " field " + field.getName()));
    }

    private Stream<Line> method(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return creator(method);
        }
        String name = "method " + method.getName();
        Stream<Line> own = isGetter(method)
                ? withAnnotations(name, Line.of(name, returned(method)), method)
                : AnnotationText.lines(name + " ", method);
        return Stream.of(own, set(name, method), parameters(name, method)).flatMap(lines -> lines);
    }

    private Stream<Line> set(String name, Method method) {
        return !type.isEnum() && Modifier.isPublic(method.getModifiers()) && Getters.isSetter(method)
                ? Stream.of(Line.of(name, taken(method)))
                : Stream.empty();
    }

    private ResolvedType taken(Method setter) {
        Parameter parameter = setter.getParameters()[0];
        return resolved(parameter::getParameterizedType, parameter.getType());
    }

    private ResolvedType returned(Method method) {
        return resolved(method::getGenericReturnType, method.getReturnType());
    }

    private boolean isGetter(Method method) {
        return !type.isEnum() && Modifier.isPublic(method.getModifiers()) && Getters.isGetter(method);
    }

    private Stream<Line> creator(Executable creator) {
        return Stream.concat(AnnotationText.lines("creator ", creator), parameters("creator", creator));
    }

    /** Of what has an annotation, or a parameter with one. */
    private Stream<Line> parameters(String prefix, Executable executable) {
        Parameter[] parameters = executable.getParameters();
        if (!AnnotationText.isOn(executable) && Arrays.stream(parameters).noneMatch(AnnotationText::isOn)) {
            return Stream.empty();
        }
        return IntStream.range(0, parameters.length).boxed().flatMap(i -> {
            String name = prefix + " parameter " + name(executable, i);
            ResolvedType declared = resolved(parameters[i]::getParameterizedType, parameters[i].getType());
            return withAnnotations(name, Line.of(name, declared), parameters[i]);
        });
    }

    /** Compilers differ in whether they keep the names that a record's constructor has; they are its components' names. */
    private String name(Executable executable, int index) {
        RecordComponent[] components = type.getRecordComponents();
        boolean canonical = executable instanceof Constructor<?>
                && components != null
                && Arrays.equals(
                        executable.getParameterTypes(),
                        Arrays.stream(components).map(RecordComponent::getType).toArray());
        return canonical ? components[index].getName() : executable.getParameters()[index].getName();
    }

    private static Stream<Line> withAnnotations(String name, Line line, AnnotatedElement element) {
        return Stream.concat(Stream.of(line), AnnotationText.lines(name + " ", element));
    }

    /** The class without its arguments, where one of these is not there. */
    private ResolvedType resolved(Supplier<Type> declared, Class<?> raw) {
        try {
            return ResolvedType.of(declared.get(), variables);
        } catch (LinkageError | TypeNotPresentException e) {
            return ResolvedType.of(raw, Map.of());
        }
    }
}
