package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said at deployment of the types of values. Public, as are the types in it: Yasson asks for that. */
public class ValueWarningsTest {

    public static class Customer {
        private final Long id;

        public Customer(Long id) {
            this.id = id;
        }

        public Long getId() {
            return id;
        }
    }

    public record Plain(String name) {}

    @ApplicationScoped
    static class Customers {

        @CachedConnection(cache = "customers")
        public Optional<Customer> find(UUID id) {
            return Optional.empty();
        }
    }

    @ApplicationScoped
    static class Plains {

        @CachedConnection(cache = "plains")
        public List<Plain> find(UUID id) {
            return List.of();
        }
    }

    private static List<String> warnings(Class<?> bean) {
        try (LoggedLines log = new LoggedLines();
                RunningContainer container = new RunningContainer(bean, TransactionsTest.Registry.class)) {
            assertThat(container.bean(bean)).isNotNull();
            return log.warnings();
        }
    }

    @Test
    void deployment_doubtfulType_warnsOnce() {
        assertThat(warnings(Customers.class))
                .singleElement()
                .asString()
                .startsWith("CC-0406 Values of " + Customer.class.getName() + ", which Customers.find(UUID) returns, ")
                .contains(": Customer has no constructor without parameters, ");
    }

    @Test
    void deployment_plainType_warnsOfNothing() {
        assertThat(warnings(Plains.class)).isEmpty();
    }
}
