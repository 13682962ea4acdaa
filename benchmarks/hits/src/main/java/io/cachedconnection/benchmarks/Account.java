package io.cachedconnection.benchmarks;

import jakarta.json.bind.annotation.JsonbCreator;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A record as applications have them, which JSON-B reads and writes without any help. */
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
        String note)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    @JsonbCreator
    public Account {}
}
