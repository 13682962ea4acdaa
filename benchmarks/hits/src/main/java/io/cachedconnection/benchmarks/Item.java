package io.cachedconnection.benchmarks;

import jakarta.json.bind.annotation.JsonbCreator;
import java.math.BigDecimal;

/** A small record, of which lists are made. */
public record Item(int number, String name, BigDecimal price, boolean sold) {

    @JsonbCreator
    public Item {}
}
