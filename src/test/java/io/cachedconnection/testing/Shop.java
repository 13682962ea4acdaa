package io.cachedconnection.testing;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Entities with all that JSON can carry of them. Whoever looks for them in a database finds them by {@link JpaProvider}. */
public final class Shop {

    private Shop() {}

    /** What a customer pays for. */
    public enum Tier {
        BASIC,
        GOLD
    }

    @MappedSuperclass
    public abstract static class Row {
        @Id
        @Column(name = "ID")
        private long id;

        @Version
        @Column(name = "VERSION")
        private long version;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }

        public long getVersion() {
            return version;
        }

        public void setVersion(long version) {
            this.version = version;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && getClass() == row.getClass() && id == row.id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    @Entity
    @Table(name = "COUNTRY")
    public static class Country extends Row {
        @Column(name = "CODE")
        private String code;

        public String getCode() {
            return code;
        }

        public void setCode(String code) {
            this.code = code;
        }
    }

    @Entity
    @Table(name = "ADDRESS")
    public static class Address extends Row {
        @Column(name = "STREET")
        private String street;

        public String getStreet() {
            return street;
        }

        public void setStreet(String street) {
            this.street = street;
        }
    }

    @Embeddable
    public static class Credit {
        @Column(name = "CREDIT", precision = 12, scale = 2)
        private BigDecimal amount;

        @Column(name = "CREDIT_UNTIL")
        private LocalDate until;

        public BigDecimal getAmount() {
            return amount;
        }

        public void setAmount(BigDecimal amount) {
            this.amount = amount;
        }

        public LocalDate getUntil() {
            return until;
        }

        public void setUntil(LocalDate until) {
            this.until = until;
        }
    }

    @Entity(name = "Customer")
    @Table(name = "CUSTOMER")
    public static class Customer extends Row {
        @Column(name = "EMAIL")
        private String email;

        @Enumerated(EnumType.STRING)
        @Column(name = "TIER")
        private Tier tier;

        @Embedded
        private Credit credit;

        @ManyToOne
        @JoinColumn(name = "COUNTRY_ID")
        private Country country;

        @OneToMany(fetch = FetchType.EAGER, cascade = CascadeType.ALL)
        @JoinColumn(name = "CUSTOMER_ID")
        @OrderBy("street")
        private List<Address> addresses = new ArrayList<>();

        @ElementCollection(fetch = FetchType.EAGER)
        @CollectionTable(name = "PHONE", joinColumns = @JoinColumn(name = "CUSTOMER_ID"))
        @Column(name = "NUMBER")
        private Set<String> phones = new HashSet<>();

        @ElementCollection(fetch = FetchType.EAGER)
        @CollectionTable(name = "LABEL", joinColumns = @JoinColumn(name = "CUSTOMER_ID"))
        @MapKeyColumn(name = "NAME")
        @Column(name = "CONTENT")
        private Map<String, String> labels = new HashMap<>();

        public String getEmail() {
            return email;
        }

        public void setEmail(String email) {
            this.email = email;
        }

        public Tier getTier() {
            return tier;
        }

        public void setTier(Tier tier) {
            this.tier = tier;
        }

        public Credit getCredit() {
            return credit;
        }

        public void setCredit(Credit credit) {
            this.credit = credit;
        }

        public Country getCountry() {
            return country;
        }

        public void setCountry(Country country) {
            this.country = country;
        }

        public List<Address> getAddresses() {
            return addresses;
        }

        public void setAddresses(List<Address> addresses) {
            this.addresses = addresses;
        }

        public Set<String> getPhones() {
            return phones;
        }

        public void setPhones(Set<String> phones) {
            this.phones = phones;
        }

        public Map<String, String> getLabels() {
            return labels;
        }

        public void setLabels(Map<String, String> labels) {
            this.labels = labels;
        }
    }

    /** Their names, in which a provider of persistence needs them. */
    static List<Class<?>> classes() {
        return List.of(Row.class, Country.class, Address.class, Credit.class, Customer.class);
    }

    /** What makes a customer of {@code id} with all that it can have. */
    static List<String> rows(long id) {
        String key = Objects.toString(id);
        return List.of(
                "insert into COUNTRY (ID, VERSION, CODE) values (" + key + ", 3, 'PL')",
                "insert into CUSTOMER (ID, VERSION, EMAIL, TIER, CREDIT, CREDIT_UNTIL, COUNTRY_ID) values (" + key
                        + ", 5, 'ada@example.org', 'BASIC', 12.50, DATE '2026-03-01', " + key + ")",
                "insert into ADDRESS (ID, VERSION, STREET, CUSTOMER_ID) values (" + (10 * id) + ", 1, 'A', " + key
                        + ")",
                "insert into ADDRESS (ID, VERSION, STREET, CUSTOMER_ID) values (" + (10 * id + 1) + ", 1, 'B', " + key
                        + ")",
                "insert into PHONE (CUSTOMER_ID, NUMBER) values (" + key + ", '123')",
                "insert into PHONE (CUSTOMER_ID, NUMBER) values (" + key + ", '456')",
                "insert into LABEL (CUSTOMER_ID, NAME, CONTENT) values (" + key + ", 'color', 'red')");
    }

    static List<String> tables() {
        return List.of("CUSTOMER", "COUNTRY", "ADDRESS", "PHONE", "LABEL");
    }
}
