package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Basic;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Transient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LazyAssociationsTest {

    /** On fields, which need not be public where there are getters. */
    @Entity
    static class Customer {
        @OneToMany
        public List<Order> orders;

        @ManyToMany
        public Set<Customer> friends;

        @ElementCollection
        public Set<String> names;

        @ManyToOne(fetch = FetchType.LAZY)
        public Order last;

        @OneToOne(fetch = FetchType.LAZY)
        public Order first;

        @Basic(fetch = FetchType.LAZY)
        public byte[] picture;
    }

    @Entity
    static class Order {
        @OneToMany(fetch = FetchType.EAGER)
        public List<String> lines;

        @ManyToOne
        public String country;

        @Basic
        public String note;

        @OneToMany
        @JsonbTransient
        public List<String> ignored;

        @OneToMany
        private List<String> hidden;

        @Transient
        public List<String> others;
    }

    @MappedSuperclass
    static class Base {
        private List<String> tags;

        @OneToMany
        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }
    }

    @Entity
    static class Heir extends Base {}

    @Embeddable
    static class Address {
        @ElementCollection
        public List<String> lines;
    }

    @Entity
    static class Home {
        public Address address;
    }

    /** Not persistent, whatever its annotations say. */
    static class Copy {
        @OneToMany
        public List<String> lines;
    }

    record Row(Map<String, List<Heir>> heirs) {}

    @Test
    void of_entity_saysThoseOnFields() {
        assertThat(LazyAssociations.of(Customer.class))
                .containsExactlyInAnyOrder(
                        "Customer.orders",
                        "Customer.friends",
                        "Customer.names",
                        "Customer.last",
                        "Customer.first",
                        "Customer.picture");
    }

    @Test
    void of_eagerOrNotWritten_isEmpty() {
        assertThat(LazyAssociations.of(Order.class)).isEmpty();
        assertThat(LazyAssociations.of(Copy.class)).isEmpty();
        assertThat(LazyAssociations.of(String.class)).isEmpty();
    }

    @Test
    void of_getterOfASuperclassOfAnEntitySomewhereInside_saysIt() {
        assertThat(LazyAssociations.of(Row.class)).containsExactly("Base.tags");
        assertThat(LazyAssociations.of(Home.class)).containsExactly("Address.lines");
    }
}
