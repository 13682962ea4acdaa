package io.cachedconnection.internal.json;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.annotation.JsonbVisibility;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why values of a type may not survive JSON, as far as declarations tell: they may not be written, or not be made again,
 * or not as the same. Where a type has none, its values usually do.
 */
public final class TypeWarnings {

    // As found with Yasson 3.0.4.
    private static final Set<Class<?>> NOT_READ = Set.of(EnumMap.class);
    private static final String NAMES_OF_PARAMETERS = "java.beans.ConstructorProperties"; // its module may not be there

    private final List<String> reasons = new ArrayList<>();

    private TypeWarnings() {}

    /** The reasons, each a few words that name a class or a property; none if there are none. */
    public static List<String> of(Type type) {
        try {
            TypeWarnings typeWarnings = new TypeWarnings();
            typeWarnings.lookAtRoot(type);
            ReachableTypes.of(type).forEach(typeWarnings::look);
            return typeWarnings.reasons.stream().distinct().toList();
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of("a class that it is made of is missing");
        }
    }

    private void look(Part part) {
        Class<?> type = part.type().type();
        if (!part.type().isOfApplication()) {
            lookAtPlatform(part.where(), part.type());
        } else if (ReachableTypes.isLookedInto(part.type())) {
            lookAtClass(type);
            Property.of(type).stream().filter(Property::isPlain).forEach(this::lookAtForm);
            lookAtFormats(type);
            lookAtLoneGetters(type);
        }
    }

    private void lookAtPlatform(String where, ResolvedType part) {
        Class<?> type = part.type();
        if (type == Object.class || part.lowest()) {
            reasons.add(where + " may be anything");
        } else if (NOT_READ.contains(type)) {
            reasons.add(where + " holds a " + type.getSimpleName());
        } else if (type == Date.class) {
            reasons.add(
                    where + " is a java.util.Date, and a java.sql.Timestamp in it, as persistence sets it, comes back"
                            + " as a java.util.Date");
        } else if (type.getTypeParameters().length > 0 && part.arguments().isEmpty() && isContainer(type)) {
            reasons.add(where + " is a raw " + type.getSimpleName());
        } else if (type.isInterface() && type.getName().startsWith("java.") && !isContainer(type)) {
            reasons.add(where + " holds a " + type.getSimpleName());
        }
    }

    /** A format may leave out a part of a date or number. */
    private void lookAtFormats(Class<?> type) {
        if (Formats.isOn(type) || (type.getPackage() != null && Formats.isOn(type.getPackage()))) {
            reasons.add(type.getSimpleName() + " has a format");
        }
        Property.of(type).stream()
                .filter(property -> property.isWritten() && property.elements().anyMatch(Formats::isOn))
                .forEach(property -> reasons.add(property.where() + " has a format"));
    }

    /**
     * A getter that nothing can set may be of a field with another name; where there is no such field, its result is worked
     * out.
     */
    private void lookAtLoneGetters(Class<?> type) {
        List<Property> hidden =
                Property.of(type).stream().filter(Property::isHidden).toList();
        Arrays.stream(type.getMethods())
                .filter(method -> Getters.isLone(method, type)
                        && hidden.stream().anyMatch(each -> each.field().getType() == method.getReturnType()))
                .forEach(method ->
                        reasons.add(type.getSimpleName() + "." + method.getName() + " is written, but cannot be set"));
    }

    private static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private void lookAtClass(Class<?> type) {
        String name = type.getSimpleName();
        if (!isVisible(type)) {
            reasons.add(name + " is not public");
        }
        if (type.isMemberClass() && !type.isInterface() && !Modifier.isStatic(type.getModifiers())) {
            reasons.add(name + " is an inner class");
        } else if (Modifier.isAbstract(type.getModifiers())) {
            lookAtAbstract(type);
        } else if (type.isRecord()) {
            lookAtRecord(type);
        } else if (!isContainer(type)) {
            lookAtCreation(type);
        }
    }

    private void lookAtRecord(Class<?> type) {
        if (type.getDeclaredConstructors().length > 1
                && creators(type).findAny().isEmpty()) {
            reasons.add(type.getSimpleName() + " has several constructors, and none is a @JsonbCreator");
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> home = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && (home == null || isVisible(home));
    }

    private void lookAtAbstract(Class<?> type) {
        if (!type.isAnnotationPresent(JsonbTypeInfo.class) && !isContainer(type)) {
            reasons.add(type.getSimpleName() + (type.isInterface() ? " is an interface" : " is abstract"));
        }
    }

    private void lookAtCreation(Class<?> type) {
        List<Executable> creators = creators(type).toList();
        if (creators.isEmpty() && !hasDefaultConstructor(type)) {
            reasons.add(type.getSimpleName() + " has no constructor without parameters");
        }
        // With a strategy of its own, any field may be seen.
        boolean visibilityOfItsOwn = type.isAnnotationPresent(JsonbVisibility.class)
                || type.getPackage().isAnnotationPresent(JsonbVisibility.class);
        if (!visibilityOfItsOwn && creators.isEmpty()) {
            Property.of(type).stream()
                    .filter(property -> property.isWritten() && !property.isSettable() && !FieldAccess.sets(property))
                    .forEach(property -> reasons.add(property.where() + " is written, but cannot be set"));
        }
        creators.forEach(creator -> lookAtCreator(type, creator));
    }

    private void lookAtCreator(Class<?> type, Executable creator) {
        List<String> names = names(creator);
        for (Property property : Property.of(type)) {
            if (property.isWritten()
                    && !property.isSettable()
                    && !FieldAccess.sets(property)
                    && names.stream().noneMatch(namesOf(property)::contains)) {
                reasons.add(property.where() + " is written, but cannot be set");
            }
        }
    }

    private static List<String> namesOf(Property property) {
        return Stream.concat(
                        Stream.of(property.field().getName()),
                        property.elements().map(element -> renamed(element, "")))
                .toList();
    }

    private static String name(Parameter parameter) {
        return renamed(parameter, parameter.getName());
    }

    private static String renamed(AnnotatedElement element, String otherwise) {
        JsonbProperty said = element.getAnnotation(JsonbProperty.class);
        return said == null || said.value().isEmpty() ? otherwise : said.value();
    }

    private static List<String> names(Executable creator) {
        Optional<Annotation> listed = listed(creator);
        if (listed.isEmpty()) {
            return Arrays.stream(creator.getParameters())
                    .map(TypeWarnings::name)
                    .toList();
        }
        try {
            Annotation annotation = listed.get();
            return List.of(
                    (String[]) annotation.annotationType().getMethod("value").invoke(annotation));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK's annotation has it.", e);
        }
    }

    /** The annotation that lists the names of the parameters, which JSON-B providers take for a creator's. */
    private static Optional<Annotation> listed(Executable creator) {
        return Arrays.stream(creator.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(NAMES_OF_PARAMETERS))
                .findFirst();
    }

    private static Stream<Executable> creators(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(executable -> executable.isAnnotationPresent(JsonbCreator.class)
                        || listed(executable).isPresent());
    }

    private static boolean hasDefaultConstructor(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> constructor.getParameterCount() == 0)
                .map(Constructor::getModifiers)
                .anyMatch(modifiers -> Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private void lookAtRoot(Type type) {
        if (type instanceof GenericArrayType) {
            reasons.add("the value is an array of a generic type");
        }
    }

    /** {@code record Box<T>(T value)}. */
    private void lookAtForm(Property property) {
        if (property.type() instanceof TypeVariable<?>
                && property.field().getDeclaringClass().isRecord()) {
            reasons.add(property.where() + " is a type variable");
        }
    }
}
