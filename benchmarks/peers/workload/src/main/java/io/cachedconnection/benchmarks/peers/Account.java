package io.cachedconnection.benchmarks.peers;

import jakarta.json.bind.annotation.JsonbCreator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What is cached: about 590 bytes of JSON, and the version that tells a stale value from the current one. */
public record Account(
        UUID id,
        UUID connectionId,
        String name,
        String holder,
        String number,
        String currency,
        BigDecimal balance,
        int version,
        boolean active,
        LocalDate openedOn,
        Instant readAt,
        Instant updatedAt,
        List<String> labels,
        String note) {

    private static final Account SAMPLE = new Account(
            new UUID(0, 0),
            UUID.fromString("11111111-2222-4333-8444-555555555555"),
            "Everyday account",
            "Maria Sklodowska",
            "PL61109010140000071219812874",
            "PLN",
            new BigDecimal("12345.67"),
            1,
            true,
            LocalDate.parse("2019-03-01"),
            Instant.parse("2024-05-06T07:08:09.123456Z"),
            Instant.parse("2024-05-06T07:08:09.000042Z"),
            List.of("household", "shared", "primary"),
            "For rent and food. ".repeat(7).strip());

    /** For JSON-B; the other mappers need no annotation. */
    @JsonbCreator
    public Account {}

    static Account of(UUID id, int version) {
        return new Account(
                id,
                SAMPLE.connectionId,
                SAMPLE.name,
                SAMPLE.holder,
                SAMPLE.number,
                SAMPLE.currency,
                SAMPLE.balance,
                version,
                SAMPLE.active,
                SAMPLE.openedOn,
                SAMPLE.readAt,
                SAMPLE.updatedAt,
                SAMPLE.labels,
                SAMPLE.note);
    }
}
