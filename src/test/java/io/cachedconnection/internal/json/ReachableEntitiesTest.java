package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.testing.Shop;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Transient;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReachableEntitiesTest {

    @Entity
    static class Customer {
        @Id
        public long id;
    }

    static class Unmapped extends Customer {}

    @MappedSuperclass
    static class Base {
        @Id
        public long id;
    }

    static class OfBase extends Base {}

    @Embeddable
    static class Credit {
        public int amount;
    }

    static class WithField {
        private Customer customer;
    }

    static class WithTransients {
        @JsonbTransient
        private transient Customer customer;
    }

    static class WithGetter {
        public Customer getCustomer() {
            return new Customer();
        }
    }

    interface View {
        Optional<Customer> getCustomer();
    }

    static class Held<T> {
        private T content;
    }

    static class HeldCustomer extends Held<Customer> {}

    static class Customers extends ArrayList<Customer> {
        private static final long serialVersionUID = 1L;
    }

    record Row(String name, List<Customer> customers) {}

    record Rows(Map<String, Row[]> rows) {}

    @JsonbTypeInfo(@JsonbSubtype(alias = "customer", type = CustomerParty.class))
    interface Party {}

    @Entity
    static class CustomerParty implements Party {}

    sealed interface Shape permits Circle {}

    @Entity
    static final class Circle implements Shape {}

    static class Itself {
        public Itself next;
        public String name;
    }

    /** Methods of each type say what they return. */
    interface Methods {
        Customer one();

        Unmapped ofSubclass();

        OfBase ofBase();

        Optional<Customer> optional();

        List<Set<Customer>> lists();

        Map<Customer, String> keys();

        Map<String, Customer> contents();

        Customer[] array();

        List<Customer>[] arrayOfLists();

        WithField field();

        WithTransients transients();

        WithGetter getter();

        View view();

        Held<Customer> held();

        HeldCustomer heldCustomer();

        Customers collection();

        Row row();

        Rows rows();

        Party party();

        Shape shape();
    }

    private static Stream<Arguments> methods() {
        return Arrays.stream(Methods.class.getMethods())
                .map(method -> Arguments.of(method.getName(), method.getGenericReturnType()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void in_typeThatIsOrHoldsAnEntity_findsIt(String name, Type type) {
        assertThat(ReachableEntities.in(type).areNone()).isFalse();
        assertThat(ReachableEntities.in(type).names()).hasSize(1);
    }

    @Test
    void names_ofOnesInside_sayWhere() {
        assertThat(ReachableEntities.in(Customer.class).names()).containsExactly("Customer");
        assertThat(ReachableEntities.in(Rows.class).names()).containsExactly("Customer (Row.customers)");
    }

    @Test
    void in_embeddableOrPlainType_findsNone() {
        assertThat(Stream.of(Credit.class, String.class, Itself.class, int.class, UUID.class, Column.class))
                .allMatch(type -> ReachableEntities.in(type).areNone());
    }

    @Test
    void losses_ofWhatJsonCarriesWhole_areNone() {
        assertThat(ReachableEntities.in(Shop.Customer.class).names())
                .containsExactly("Customer", "Country (Customer.country)", "Address (Customer.addresses)");
        assertThat(ReachableEntities.in(Shop.Customer.class).losses()).isEmpty();
    }

    @Entity
    static class Lazy {
        @OneToMany
        public List<Customer> orders;

        @ManyToMany
        public Set<Customer> friends;

        @ElementCollection
        public Set<String> names;

        @ManyToOne(fetch = FetchType.LAZY)
        public Customer last;

        @OneToOne(fetch = FetchType.LAZY)
        public Customer first;

        @Basic(fetch = FetchType.LAZY)
        public byte[] picture;
    }

    @Test
    void losses_lazyAttributes_areAll() {
        assertThat(ReachableEntities.in(Lazy.class).losses())
                .containsExactly(
                        "Lazy.orders is lazy",
                        "Lazy.friends is lazy",
                        "Lazy.names is lazy",
                        "Lazy.last is lazy",
                        "Lazy.first is lazy",
                        "Lazy.picture is lazy");
    }

    static class NotPersistent {
        private String cached;
    }

    @Entity
    static class Partial extends NotPersistent {
        @JsonbTransient
        public String secret;

        private String hash;

        @Embedded
        public Place place;

        @OneToMany(fetch = FetchType.EAGER, mappedBy = "partial")
        public List<Customer> owned;

        @ManyToOne
        @JsonbTypeAdapter(ById.class)
        public Customer byId;

        @OneToMany
        @JsonbTransient
        public List<Customer> hiddenAndLazy;

        @Transient
        private String unmapped;

        private transient String notOfJpa;
        private static String ofAll;
    }

    @Embeddable
    static class Place {
        private String street;

        @ElementCollection
        public List<String> lines;
    }

    static class ById implements JsonbAdapter<Customer, Long> {
        @Override
        public Long adaptToJson(Customer customer) {
            return customer.id;
        }

        @Override
        public Customer adaptFromJson(Long id) {
            return new Customer();
        }
    }

    @Entity
    public static class Ordered {
        @Id
        public long id;

        @ElementCollection(fetch = FetchType.EAGER)
        @OrderBy
        public Set<String> phones;

        @ElementCollection(fetch = FetchType.EAGER)
        @OrderBy
        public List<String> mails;
    }

    @Test
    void losses_orderOfASet_isOne() {
        assertThat(ReachableEntities.in(Ordered.class).losses())
                .containsExactly("Ordered.phones has an order, which only a List keeps");
    }

    @Test
    void losses_attributesThatJsonDoesNotCarry_areAll() {
        assertThat(ReachableEntities.in(Partial.class).losses())
                .containsExactlyInAnyOrder(
                        "Partial.secret is @JsonbTransient",
                        "Partial.hash has no public getter",
                        "Place.street has no public getter",
                        "Place.lines is lazy",
                        "Partial.owned refers back to its owner",
                        "Partial.byId has a converter",
                        "Partial.hiddenAndLazy is lazy",
                        "Partial.hiddenAndLazy is @JsonbTransient");
    }

    @MappedSuperclass
    static class Tagged {
        private List<String> content;

        @ElementCollection
        public List<String> getTags() {
            return content;
        }

        public void setTags(List<String> tags) {
            this.content = tags;
        }
    }

    @Entity
    static class ByProperty extends Tagged {
        private String word;
        private String other;

        @Id
        public String getWord() {
            return word;
        }

        public void setWord(String word) {
            this.word = word;
        }

        @Column
        @JsonbTransient
        public String getSecret() {
            return other;
        }

        @Transient
        @JsonbTransient
        public String getOther() {
            return other;
        }
    }

    @Test
    void losses_propertiesWithoutAFieldOfTheirName_areSeen() {
        assertThat(ReachableEntities.in(ByProperty.class).losses())
                .contains("Tagged.getTags is lazy", "ByProperty.getSecret is @JsonbTransient")
                .doesNotContain("ByProperty.word has no public getter");
    }

    @Entity
    @JsonbTypeAdapter(WholeById.class)
    static class Converted {
        public String name;
    }

    static class WholeById implements JsonbAdapter<Converted, String> {
        @Override
        public String adaptToJson(Converted converted) {
            return converted.name;
        }

        @Override
        public Converted adaptFromJson(String name) {
            return new Converted();
        }
    }

    @Test
    void losses_convertedEntity_cannotBeKnown() {
        assertThat(ReachableEntities.in(Converted.class).losses()).containsExactly("Converted has a converter");
    }
}
