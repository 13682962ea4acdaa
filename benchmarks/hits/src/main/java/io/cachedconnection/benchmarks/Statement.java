package io.cachedconnection.benchmarks;

import jakarta.json.bind.annotation.JsonbCreator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** An {@link Account} without its list, so that nothing in it can be changed: one object may serve all callers. */
public record Statement(
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
        String label,
        String note) {

    @JsonbCreator
    public Statement {}

    static Statement of(Account account) {
        return new Statement(
                account.id(),
                account.connectionId(),
                account.name(),
                account.holder(),
                account.number(),
                account.currency(),
                account.balance(),
                account.version(),
                account.active(),
                account.openedOn(),
                account.readAt(),
                account.updatedAt(),
                String.join(" ", account.labels()),
                account.note());
    }
}
