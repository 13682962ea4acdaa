package io.cachedconnection.internal.json;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A value of a type, drawn by lot: odd texts and numbers, subclasses, one object in several places, collections of all kinds. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "UnnecessaryStringBuilder"}) // applications have them
final class RandomGraph {

    private static final List<String> TEXTS =
            List.of("", "a", "é\u2028\uD83D\uDE00", "\"\\\0", " x ", "null", "1e5", "AbC", "b");
    private static final List<Double> DOUBLES = List.of(0.0, 1.5, -1e300, Double.MIN_VALUE, 1e21, 0.1, 3.0);
    private static final List<String> NUMBERS =
            List.of("0", "1.00", "1E+3", "-0.001", "123456789012345678901234567890.5");

    private final Random random;
    private final List<Class<?>> classes;
    private final Map<Type, List<Object>> made = new HashMap<>();
    private int budget = 60;

    RandomGraph(Random random, List<Class<?>> classes) {
        this.random = random;
        this.classes = classes;
    }

    Object of(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isArray()) {
            Object array = Array.newInstance(plain.getComponentType(), random.nextInt(3));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, of(plain.getComponentType()));
            }
            return array;
        }
        if (!plain.isPrimitive() && random.nextInt(8) == 0) {
            return null;
        }
        return plain.getName().startsWith("made.") && !plain.isEnum() ? object(plain) : scalar(plain);
    }

    private Object object(Class<?> type) throws ReflectiveOperationException {
        if (budget-- < 0) {
            return null;
        }
        List<Object> before = made.computeIfAbsent(type, fresh -> new ArrayList<>());
        if (!before.isEmpty() && random.nextInt(40) == 0) {
            return any(before);
        }
        List<Class<?>> heirs = classes.stream().filter(type::isAssignableFrom).toList();
        Class<?> chosen = random.nextInt(8) == 0 ? any(heirs) : type;
        Constructor<?> constructor = chosen.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = of(constructor.getGenericParameterTypes()[i]);
        }
        Object object = constructor.newInstance(arguments);
        before.add(object);
        fill(object, chosen);
        return object;
    }

    @SuppressWarnings("unchecked")
    private void fill(Object object, Class<?> type) throws ReflectiveOperationException {
        if (object instanceof List) {
            ((List<String>) object).add(any(TEXTS));
        } else if (object instanceof Map) {
            ((Map<String, Integer>) object).put(any(TEXTS), random.nextInt());
        }
        for (Class<?> each = type; each.getName().startsWith("made."); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                boolean rare = Modifier.isTransient(field.getModifiers())
                        || Arrays.stream(type.getMethods())
                                .noneMatch(method -> method.getName().equalsIgnoreCase("get" + field.getName()));
                boolean set = !type.isRecord() && !Modifier.isFinal(field.getModifiers());
                if (set && (!rare || Modifier.isPublic(field.getModifiers()) || random.nextInt(4) == 0)) {
                    field.setAccessible(true);
                    field.set(object, of(field.getGenericType()));
                }
            }
        }
    }

    private Object container(Class<?> type, Type... arguments) throws ReflectiveOperationException {
        if (type == Optional.class) {
            return Optional.ofNullable(of(arguments[0]));
        }
        int size = random.nextInt(4);
        if (Map.class.isAssignableFrom(type)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                Object key = of(arguments[0]);
                if (key != null) {
                    map.put(key, of(arguments[1]));
                }
            }
            return map(type, map);
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(of(arguments[0]));
        }
        return Set.class.isAssignableFrom(type) ? set(type, elements) : list(type, elements);
    }

    private Object map(Class<?> type, Map<Object, Object> map) {
        if (type != Map.class) {
            TreeMap<Object, Object> sorted = random.nextInt(4) > 0
                    ? new TreeMap<>()
                    : new TreeMap<>(Comparator.comparing(String::valueOf, String.CASE_INSENSITIVE_ORDER));
            sorted.putAll(map);
            return sorted;
        }
        return switch (random.nextInt(5)) {
            case 0 -> map;
            case 1 -> new TreeMap<>(map);
            case 2 -> map.containsValue(null) ? map : Map.copyOf(map);
            case 3 -> Collections.unmodifiableMap(map);
            default -> new HashMap<>(map);
        };
    }

    private Object set(Class<?> type, List<Object> elements) {
        if (type != Set.class) {
            return new LinkedHashSet<>(elements);
        }
        return switch (random.nextInt(4)) {
            case 0 -> new LinkedHashSet<>(elements);
            case 1 -> elements.contains(null) ? new HashSet<>(elements) : Set.copyOf(elements);
            case 2 -> Collections.unmodifiableSet(new HashSet<>(elements));
            default -> new HashSet<>(elements);
        };
    }

    private Object list(Class<?> type, List<Object> elements) {
        return switch (random.nextInt(6)) {
            case 0 -> new LinkedList<>(elements);
            case 1 -> elements.contains(null) ? elements : List.copyOf(elements);
            case 2 -> Collections.unmodifiableList(elements);
            case 3 -> type == Collection.class ? new LinkedHashSet<>(elements) : Arrays.asList(elements.toArray());
            default -> elements;
        };
    }

    private Object scalar(Class<?> type) {
        if (type.isEnum()) {
            return any(Arrays.asList(type.getEnumConstants()));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> random.nextInt();
            case "long", "Long" -> random.nextLong();
            case "short", "Short" -> (short) random.nextInt();
            case "byte" -> (byte) random.nextInt();
            case "double", "Double" -> random.nextInt(100) == 0 ? Double.valueOf(-0.0) : any(DOUBLES);
            case "float", "Float" -> random.nextFloat();
            case "boolean", "Boolean" -> random.nextBoolean();
            case "char", "Character" -> any(List.of('a', '"', '\u2028', '0'));
            case "String" -> any(TEXTS) + (random.nextBoolean() ? "" : random.nextInt(1000));
            case "BigDecimal" -> new BigDecimal(any(NUMBERS));
            case "BigInteger" -> new BigInteger(80, random);
            case "UUID" -> new UUID(random.nextLong(), random.nextLong());
            case "LocalDate" -> LocalDate.ofEpochDay(random.nextInt(40_000));
            case "Instant" -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case "Duration" -> Duration.ofMillis(random.nextInt());
            case "Year" -> Year.of(random.nextInt(3000));
            case "Locale" -> any(List.of(Locale.GERMANY, Locale.ROOT, new Locale("no", "NO", "NY"), Locale.TAIWAN));
            case "Currency" -> Currency.getInstance(any(List.of("EUR", "USD")));
            case "URI" -> URI.create("https://e.org/" + random.nextInt(9));
            case "Date" -> random.nextInt(6) == 0 ? new Timestamp(random.nextInt()) : new Date(random.nextInt());
            case "StringBuilder" -> new StringBuilder(any(TEXTS));
            case "AtomicLong" -> new AtomicLong(random.nextInt(2));
            default -> throw new IllegalArgumentException(type.getName());
        };
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
