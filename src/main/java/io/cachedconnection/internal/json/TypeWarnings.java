package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.Property;
import io.cachedconnection.internal.types.ResolvedType;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists reasons why values of a type may not survive JSON, as far as declarations tell: a value may be impossible to write or
 * to create, or may not come back equal. Values of a type without a reason usually survive.
 */
public final class TypeWarnings {

    // Found with Yasson 3.0.4.
    private static final Set<Class<?>> NOT_READ = Set.of(EnumMap.class);

    private final List<String> reasons = new ArrayList<>();

    private TypeWarnings() {}

    /** Returns the reasons, each a few words with the name of a class or a property; empty if there are none. */
    public static List<String> of(Type type) {
        try {
            TypeWarnings typeWarnings = new TypeWarnings();
            if (type instanceof GenericArrayType) {
                typeWarnings.reasons.add("the value is an array of a generic type");
            }
            ReachableTypes.of(type).forEach(typeWarnings::look);
            return typeWarnings.reasons.stream().distinct().toList();
        } catch (LinkageError | TypeNotPresentException e) {
            return List.of("a class that it is made of is missing");
        }
    }

    private void look(ReachableTypes.Reached part) {
        Class<?> type = part.type().type();
        if (!part.type().isOfApplication()) {
            lookAtPlatform(part.where(), part.type());
        } else if (part.hasProperties()) {
            List<Property> properties = part.properties();
            lookAtClass(type, properties);
            properties.stream()
                    .filter(property -> property.type() instanceof TypeVariable<?>
                            && property.field().getDeclaringClass().isRecord()
                            && JsonbAnnotations.isPlain(property))
                    .forEach(property -> reasons.add(property.where() + " is a type variable"));
            lookAtFormats(type, properties);
            // A getter without a setter may belong to a field with another name, or compute its result.
            Set<Class<?>> hidden = properties.stream()
                    .filter(property -> !property.isVisible() && !JsonbAnnotations.isTransient(property))
                    .map(property -> property.field().getType())
                    .collect(Collectors.toSet());
            ClassDescription description = part.description();
            description
                    .gettersWithoutField()
                    .filter(getter -> !getter.isAnnotationPresent(JsonbTransient.class)
                            && !description.isSettable(getter)
                            && hidden.contains(getter.getReturnType()))
                    .forEach(getter -> reasons.add(
                            type.getSimpleName() + "." + getter.getName() + " is written, but cannot be set"));
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

    /** Checks formats, which may omit a part of a date or number. */
    private void lookAtFormats(Class<?> type, List<Property> properties) {
        if (Formats.isOn(type) || (type.getPackage() != null && Formats.isOn(type.getPackage()))) {
            reasons.add(type.getSimpleName() + " has a format");
        }
        properties.stream()
                .filter(property -> JsonbAnnotations.isWritten(property)
                        && property.elements().anyMatch(Formats::isOn))
                .forEach(property -> reasons.add(property.where() + " has a format"));
    }

    private static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private void lookAtClass(Class<?> type, List<Property> properties) {
        String name = type.getSimpleName();
        if (!isVisible(type)) {
            reasons.add(name + " is not public");
        }
        if (type.isMemberClass() && !type.isInterface() && !Modifier.isStatic(type.getModifiers())) {
            reasons.add(name + " is an inner class");
        } else if (Modifier.isAbstract(type.getModifiers())) {
            if (!type.isAnnotationPresent(JsonbTypeInfo.class) && !isContainer(type)) {
                reasons.add(name + (type.isInterface() ? " is an interface" : " is abstract"));
            }
        } else if (type.isRecord()) {
            if (type.getDeclaredConstructors().length > 1
                    && JsonbAnnotations.creators(type).findAny().isEmpty()) {
                reasons.add(name + " has several constructors, and none is a @JsonbCreator");
            }
        } else if (!isContainer(type)) {
            lookAtCreation(type, properties);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> home = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && (home == null || isVisible(home));
    }

    private void lookAtCreation(Class<?> type, List<Property> properties) {
        List<Executable> creators = JsonbAnnotations.creators(type).toList();
        Constructor<?> without = new ClassDescription(type).defaultConstructor();
        if (creators.isEmpty()
                && (without == null || (without.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0)) {
            reasons.add(type.getSimpleName() + " has no constructor without parameters");
        }
        if (creators.isEmpty() && !FieldAccess.hasVisibility(type)) {
            lookAtSetting(properties, List.of());
        }
        creators.forEach(creator -> lookAtSetting(properties, names(creator)));
    }

    /** Checks that each written property can be set, by a setter or by the creator. */
    private void lookAtSetting(List<Property> properties, List<String> names) {
        properties.stream()
                .filter(property -> JsonbAnnotations.isWritten(property)
                        && !property.isSettable()
                        && !FieldAccess.sets(property)
                        && !names.contains(property.name())
                        && property.elements().noneMatch(element -> names.contains(renamed(element, ""))))
                .forEach(property -> reasons.add(property.where() + " is written, but cannot be set"));
    }

    private static String renamed(AnnotatedElement element, String otherwise) {
        JsonbProperty said = element.getAnnotation(JsonbProperty.class);
        return said == null || said.value().isEmpty() ? otherwise : said.value();
    }

    private static List<String> names(Executable creator) {
        Annotation listed = JsonbAnnotations.namesOfParameters(creator);
        if (listed == null) {
            return Arrays.stream(creator.getParameters())
                    .map(parameter -> renamed(parameter, parameter.getName()))
                    .toList();
        }
        try {
            return List.of((String[]) listed.annotationType().getMethod("value").invoke(listed));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK's annotation has it.", e);
        }
    }
}
