package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Random values of the types of {@link RandomRecords}: usual ones, the ends of ranges, and some that JSON loses. */
@SuppressWarnings("JdkObsolete") // applications have them
final class RandomValues {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "Größe",
            "\uD83D\uDE00",
            "\"\\/\b\f\n\r\t\0\u001f\u007f\u0080\u2028\uFFFD",
            "what?",
            "x".repeat(300),
            "null",
            "a longer text of the usual kind, with commas");
    private static final List<String> ODD_TEXTS = List.of("\uD83D", "?\uDE00", "a\uD83D?");
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Berlin"), ZoneOffset.UTC, ZoneOffset.ofHours(-3), ZoneId.of("UTC"), ZoneId.of("GMT+2"));

    private final Random random;
    private final List<Object> lists = new ArrayList<>(); // made before, to be put in a second place
    private int depth;

    RandomValues(Random random) {
        this.random = random;
    }

    Object of(Type type) throws ReflectiveOperationException {
        return of(type, Map.of());
    }

    private Object of(Type type, Map<TypeVariable<?>, Type> variables) throws ReflectiveOperationException {
        if (type instanceof TypeVariable<?> variable) {
            return of(variables.get(variable), Map.of());
        }
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (!raw.isPrimitive() && random.nextInt(8) == 0) {
            return raw.getSimpleName().startsWith("Optional") && random.nextInt(5) > 0 ? empty(raw) : null;
        }
        List<Type> arguments = new ArrayList<>();
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(argument instanceof TypeVariable<?> variable ? variables.get(variable) : argument);
            }
        }
        if (raw.getSimpleName().equals("Figure")) {
            return depth > 4 ? null : of(one(List.of(raw.getPermittedSubclasses())));
        }
        boolean isBean = raw.getName().startsWith("made.") && !raw.isRecord() && !raw.isEnum() && !raw.isArray();
        if (depth > 5 && (raw.isRecord() || isBean)) {
            return null;
        }
        depth++;
        try {
            if (isBean) {
                return bean(raw);
            }
            return raw.isRecord() && raw != ProviderConnection.class
                    ? record(raw, arguments)
                    : container(raw, arguments);
        } finally {
            depth--;
        }
    }

    private static Object empty(Class<?> raw) {
        return raw == Optional.class
                ? Optional.empty()
                : raw == OptionalInt.class
                        ? OptionalInt.empty()
                        : raw == OptionalLong.class ? OptionalLong.empty() : OptionalDouble.empty();
    }

    private Object record(Class<?> raw, List<Type> arguments) throws ReflectiveOperationException {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        RecordComponent[] components = raw.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(components[i].getGenericType(), variables);
        }
        Constructor<?> constructor = raw.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    private Object bean(Class<?> raw) throws ReflectiveOperationException {
        Object bean = raw.getDeclaredConstructor().newInstance();
        for (Field field : raw.getDeclaredFields()) {
            field.setAccessible(true);
            field.set(bean, of(field.getGenericType()));
        }
        return bean;
    }

    private Object container(Class<?> raw, List<Type> arguments) throws ReflectiveOperationException {
        if (raw == Optional.class) {
            return Optional.ofNullable(of(arguments.get(0)));
        }
        if (raw.isArray() && raw != byte[].class) {
            Object array = Array.newInstance(raw.getComponentType(), random.nextInt(4));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, of(raw.getComponentType()));
            }
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Object key = of(arguments.get(0));
                if (key != null || random.nextInt(20) == 0) {
                    map.put(key, of(arguments.get(1)));
                }
            }
            return mapOf(raw, map);
        }
        if (!Collection.class.isAssignableFrom(raw)) {
            return scalar(raw);
        }
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(of(arguments.get(0)));
        }
        Object made = collectionOf(raw, elements);
        lists.add(made);
        Object before = lists.get(random.nextInt(lists.size()));
        return random.nextInt(20) == 0 && raw.isInstance(before) && arguments.get(0) == String.class ? before : made;
    }

    private Object mapOf(Class<?> raw, Map<Object, Object> map) {
        if (SortedMap.class.isAssignableFrom(raw)) {
            map.remove(null);
            return random.nextInt(10) == 0 ? reversed(map) : new TreeMap<>(map);
        }
        boolean hasNull = map.containsKey(null) || map.containsValue(null);
        return switch (random.nextInt(hasNull ? 4 : 5)) {
            case 0 -> new HashMap<>(map);
            case 1 -> Collections.unmodifiableMap(map);
            case 2, 3 -> map;
            default -> Map.copyOf(map);
        };
    }

    private static Map<Object, Object> reversed(Map<Object, Object> map) {
        Map<Object, Object> reversed = new TreeMap<>(Collections.reverseOrder());
        reversed.putAll(map);
        return reversed;
    }

    private Object collectionOf(Class<?> raw, List<Object> elements) {
        boolean hasNull = elements.contains(null);
        if (SortedSet.class.isAssignableFrom(raw)) {
            elements.removeIf(each -> each == null);
            SortedSet<Object> sorted =
                    random.nextInt(10) == 0 ? new TreeSet<>(Collections.reverseOrder()) : new TreeSet<>();
            sorted.addAll(elements);
            return sorted;
        }
        if (Set.class.isAssignableFrom(raw)) {
            return switch (random.nextInt(hasNull ? 4 : 5)) {
                case 0 -> new LinkedHashSet<>(elements);
                case 1 -> Collections.unmodifiableSet(new HashSet<>(elements));
                case 2, 3 -> new HashSet<>(elements);
                default -> Set.copyOf(elements);
            };
        }
        return switch (random.nextInt(hasNull ? 6 : 8)) {
            case 0 -> new LinkedList<>(elements);
            case 1 -> Arrays.asList(elements.toArray());
            case 2 -> raw == Collection.class ? new HashSet<>(elements) : Collections.unmodifiableList(elements);
            case 3, 4, 5 -> elements;
            default -> List.copyOf(elements);
        };
    }

    private Object scalar(Class<?> raw) {
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        long bits = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(200) - 100;
        int edge = random.nextInt(12);
        return switch (raw.getSimpleName()) {
            case "boolean", "Boolean" -> random.nextBoolean();
            case "byte", "Byte" -> (byte) bits;
            case "short", "Short" -> (short) bits;
            case "int", "Integer" -> edge == 0 ? Integer.MIN_VALUE : (int) bits;
            case "long", "Long" -> edge == 0 ? Long.MIN_VALUE : edge == 1 ? Long.MAX_VALUE : bits;
            case "float", "Float" ->
                edge == 0
                        ? -0f
                        : edge == 1
                                ? Float.MIN_VALUE
                                : edge == 2 ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(1_000_000) / 100f;
            case "double", "Double" ->
                edge == 0
                        ? -0.0
                        : edge == 1
                                ? Double.MAX_VALUE
                                : edge < 5
                                        ? Double.longBitsToDouble(random.nextLong())
                                        : random.nextInt(1_000_000) / 1000.0;
            case "char", "Character" -> edge == 0 ? (char) random.nextInt(65536) : (char) (' ' + random.nextInt(200));
            case "String" -> random.nextInt(60) == 0 ? one(ODD_TEXTS) : one(TEXTS);
            case "byte[]" -> new byte[random.nextInt(5)];
            case "UUID" -> new UUID(random.nextLong(), random.nextLong());
            case "URI" ->
                URI.create(one(List.of(
                        "urn:isbn:1", "https://e.org/a?b=c#d", "https://e.org/ü", "", "a b".replace(' ', '+'))));
            case "BigDecimal" ->
                edge == 0
                        ? new BigDecimal("1E+400")
                        : edge == 1
                                ? new BigDecimal(new BigInteger(random.nextInt(3500), random), random.nextInt(900))
                                : BigDecimal.valueOf(bits, random.nextInt(12) - 3);
            case "BigInteger" -> new BigInteger(random.nextInt(200), random).multiply(BigInteger.valueOf(bits));
            default -> time(raw.getSimpleName(), edge);
        };
    }

    private ProviderConnection connection() {
        Instant at = Instant.ofEpochSecond(random.nextInt(), one(List.of(0, 123_000, 999_999_000)));
        String alias = random.nextInt(3) == 0 ? null : one(TEXTS).repeat(1);
        return new ProviderConnection(
                new UUID(random.nextLong(), random.nextLong()),
                new UUID(0, 1),
                new UUID(random.nextLong(), 0),
                "slug \"é\"",
                one(List.of(ConnectionStatus.values())),
                alias == null || alias.length() > 100 || alias.isEmpty() ? null : alias,
                credentials(),
                random.nextBoolean() ? null : at,
                random.nextBoolean() ? null : at.minusSeconds(random.nextInt()),
                at,
                at);
    }

    private ProviderCredentials credentials() {
        byte[] data = new byte[1 + random.nextInt(20)];
        if (random.nextInt(3) == 0) {
            random.nextBytes(data);
        }
        return new ProviderCredentials(
                data,
                one(List.of(CredentialType.values())),
                random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt()));
    }

    private Object time(String type, int edge) {
        int nanos = one(List.of(0, 0, 123_000_000, 100_000_000, 123_456_000, 123_456_789, 1));
        long second = edge == 0
                ? -62_200_000_000L - random.nextInt(1 << 30)
                : edge == 1 ? 253_402_300_000L + random.nextInt(3000) : random.nextInt();
        Instant instant = edge == 2 ? Instant.MIN : edge == 3 ? Instant.MAX : Instant.ofEpochSecond(second, nanos);
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
        ZoneId zone = one(ZONES);
        return switch (type) {
            case "Instant" -> instant;
            case "LocalDate" -> edge == 2 ? LocalDate.MIN : edge == 3 ? LocalDate.MAX : local.toLocalDate();
            case "LocalTime" -> random.nextBoolean() ? local.toLocalTime() : LocalTime.MIDNIGHT;
            case "LocalDateTime" -> edge == 2 ? LocalDateTime.MAX : local;
            case "OffsetDateTime" -> local.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(3600)));
            case "OffsetTime" -> OffsetTime.of(local.toLocalTime(), ZoneOffset.ofHours(1));
            case "ZonedDateTime" -> ZonedDateTime.ofInstant(Instant.ofEpochSecond(second, nanos), zone);
            case "Duration" -> Duration.ofSeconds(random.nextInt(), edge == 0 ? -1 : nanos);
            case "Period" -> Period.of(random.nextInt(5) - 2, random.nextInt(30), -random.nextInt(3));
            case "Year" -> Year.of(random.nextInt(30_000) - 10_000);
            case "YearMonth" -> YearMonth.from(local);
            case "MonthDay" -> MonthDay.from(local);
            case "ZoneId" -> zone;
            case "ZoneOffset" -> ZoneOffset.ofTotalSeconds(random.nextInt(36_000));
            case "ProviderConnection" -> connection();
            case "ProviderCredentials" -> credentials();
            case "OptionalInt" -> OptionalInt.of(random.nextInt());
            case "OptionalLong" -> OptionalLong.of(random.nextLong());
            case "OptionalDouble" -> OptionalDouble.of(random.nextDouble());
            default -> throw new IllegalArgumentException(type);
        };
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
