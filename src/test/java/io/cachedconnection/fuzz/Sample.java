package io.cachedconnection.fuzz;

import io.cachedconnection.internal.json.Types;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A declared type and a value of it, from which payloads are made.
 *
 * @param type as a method declares it
 * @param value one that every provider of JSON-B writes and reads
 */
public record Sample(Type type, Object value) {

    /** One with a member of each kind that is easily confused with another one. */
    public record Book(
            UUID id, String title, int pages, double price, boolean lent, List<Chapter> chapters, Book sequel) {}

    /** One that others hold many of. */
    public record Chapter(String title, long words, char mark, byte level, DayOfWeek day) {}

    /** The types of the JDK that are texts in JSON. */
    public record Times(Instant at, LocalDate on, OffsetDateTime due, Duration life, URI where, BigDecimal sum) {}

    private static final Book SEQUEL = new Book(new UUID(3, 4), "", 0, -0.5, false, List.of(), null);
    private static final Book BOOK = new Book(
            new UUID(1, 2),
            "a \"b\" \\ é \uD83D\uDE00\n",
            204,
            12.75,
            true,
            List.of(
                    new Chapter("one", 1L << 40, 'a', (byte) -7, DayOfWeek.MONDAY),
                    new Chapter(null, 0, 'é', (byte) 0, null)),
            SEQUEL);
    private static final Times TIMES = new Times(
            Instant.EPOCH,
            LocalDate.EPOCH,
            OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(1)),
            Duration.ofSeconds(5),
            URI.create("urn:isbn:1"),
            new BigDecimal("1.50"));
    private static final ProviderConnection CONNECTION = new ProviderConnection(
            new UUID(1, 2),
            new UUID(3, 4),
            new UUID(5, 6),
            "schwab",
            ConnectionStatus.ACTIVE,
            "My pension",
            new ProviderCredentials(new byte[] {'a', 'b'}, CredentialType.OAUTH2, Instant.EPOCH),
            Instant.EPOCH,
            null,
            Instant.EPOCH,
            Instant.EPOCH);

    static List<Sample> all() {
        return Stream.concat(plain(), generic()).toList();
    }

    private static Stream<Sample> plain() {
        return Stream.of(
                new Sample(ProviderConnection.class, CONNECTION),
                new Sample(Book.class, BOOK),
                new Sample(Times.class, TIMES),
                new Sample(String.class, "a \"b\" é"),
                new Sample(int.class, 12345),
                new Sample(BigInteger.class, BigInteger.TWO.pow(100)),
                new Sample(ConnectionStatus.class, ConnectionStatus.ACTIVE),
                new Sample(Instant.class, Instant.EPOCH),
                new Sample(byte[].class, new byte[] {1, 2, 3, 4}),
                new Sample(Chapter[].class, BOOK.chapters().toArray(new Chapter[0])));
    }

    private static Stream<Sample> generic() {
        return Stream.of(
                // What is declared as Object itself, Yasson writes as {}, and the codec refuses it.
                new Sample(new Types<List<Object>>() {}.type(), List.of("a", List.of("b", true), Map.of("d", "e"))),
                new Sample(new Types<List<Book>>() {}.type(), List.of(BOOK, SEQUEL)),
                new Sample(new Types<List<ProviderConnection>>() {}.type(), List.of(CONNECTION, CONNECTION)),
                new Sample(
                        new Types<Map<String, List<UUID>>>() {}.type(),
                        Map.of("k", List.of(new UUID(1, 2)), "l", List.of())),
                new Sample(
                        new Types<Map<Integer, Chapter>>() {}.type(),
                        Map.of(1, BOOK.chapters().get(0))),
                new Sample(new Types<Set<DayOfWeek>>() {}.type(), Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
                new Sample(new Types<List<Double>>() {}.type(), List.of(0.5, 1e300, -3.0)));
    }
}
