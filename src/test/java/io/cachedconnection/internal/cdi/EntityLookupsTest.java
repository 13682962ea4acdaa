package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.arjuna.ats.jta.TransactionManager;
import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.JpaProvider;
import io.cachedconnection.testing.JpaProvider.Database;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Shop.Country;
import io.cachedconnection.testing.Shop.Customer;
import io.cachedconnection.testing.Shop.Tier;
import io.cachedconnection.testing.TestRedis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.interceptor.InterceptorBinding;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups that return JPA entities, with real providers of persistence and a real transaction manager. */
class EntityLookupsTest {

    private static final jakarta.transaction.TransactionManager MANAGER = TransactionManager.transactionManager();
    private static final Map<Transaction, EntityManager> CONTEXTS = new HashMap<>();
    private static final Map<String, String> DETACHED =
            Map.of("redis.uri", TestRedis.uri().toString(), "entities", "DETACHED");

    private static Database database; // where the repository looks, whose instances the container makes

    /** In the persistence context of the transaction, or in one of its own that ends with the call. */
    private static <T> T inContext(Function<EntityManager, T> work) {
        try {
            Transaction transaction = MANAGER.getTransaction();
            return transaction == null ? database.without(work) : work.apply(context(transaction));
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EntityManager context(Transaction transaction) {
        return CONTEXTS.computeIfAbsent(transaction, key -> {
            EntityManager entities = database.open();
            entities.getTransaction().begin();
            try {
                transaction.registerSynchronization(new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        entities.getTransaction().commit();
                    }

                    @Override
                    public void afterCompletion(int status) {
                        CONTEXTS.remove(transaction);
                        entities.close();
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return entities;
        });
    }

    /** What a list of customers is shown as. */
    public record Page(List<Customer> customers) {}

    @ApplicationScoped
    static class Customers {

        private final List<Object> returned = new ArrayList<>();

        @CachedConnection(cache = "customers")
        public Optional<Customer> find(long id) {
            return Optional.ofNullable(noted(inContext(entities -> entities.find(Customer.class, id))));
        }

        @CachedConnection(cache = "pages", key = "all")
        public Page page() {
            return noted(new Page(inContext(entities -> entities.createQuery("select c from Customer c", Customer.class)
                    .getResultList())));
        }

        @CachedConnection(cache = "countries")
        public Country country(long id) {
            return noted(inContext(entities -> {
                Country proxy = entities.getReference(Country.class, id);
                assertThat(proxy.getCode()).isEqualTo("PL");
                return proxy;
            }));
        }

        @EvictConnection(cache = "customers")
        public void changed(@CacheKey long id) {}

        private <T> T noted(T value) {
            returned.add(value);
            return value;
        }

        int loads() {
            return returned.size();
        }

        boolean hasReturned(Object value) {
            return returned.stream().anyMatch(each -> each == value);
        }
    }

    @AfterEach
    void close() throws Exception {
        if (MANAGER.getTransaction() != null) {
            MANAGER.rollback();
        }
        database.close();
    }

    private static RunningContainer started(JpaProvider provider, Map<String, String> settings) {
        start(provider);
        return new RunningContainer(
                "t" + UUID.randomUUID(), settings, Customers.class, TransactionsTest.Registry.class);
    }

    private static void start(JpaProvider provider) {
        database = provider.database();
        database.add(1);
    }

    private static String customerRow() {
        return database.rows().stream()
                .filter(row -> row.startsWith("CUSTOMER"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"HIBERNATE", "ECLIPSELINK"})
    void lookup_inATransaction_isManagedColdAndWarm(JpaProvider provider) throws Exception {
        try (RunningContainer container = started(provider, DETACHED)) {
            Customers customers = container.bean(Customers.class);

            MANAGER.begin();
            customers.find(1).orElseThrow().setTier(Tier.GOLD);
            MANAGER.commit();
            assertThat(customerRow()).contains("GOLD");
            assertThat(container.stored("customers:1")).isNull();

            customers.find(1);
            assertThat(container.stored("customers:1")).contains("GOLD");
            MANAGER.begin();
            customers.find(1).orElseThrow().setTier(Tier.BASIC);
            customers.changed(1);
            MANAGER.commit();
            assertThat(customerRow()).contains("BASIC");
            assertThat(customers.find(1).orElseThrow().getTier()).isEqualTo(Tier.BASIC);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HIBERNATE", "ECLIPSELINK"})
    void lookup_outsideATransaction_isTheSameDetachedColdAndWarm(JpaProvider provider) throws Exception {
        try (RunningContainer container = started(provider, DETACHED)) {
            Customers customers = container.bean(Customers.class);

            Customer cold = customers.find(1).orElseThrow();
            Customer warm = customers.find(1).orElseThrow();

            assertThat(customers.loads()).isEqualTo(1);
            assertThat(customers.hasReturned(cold)).isFalse();
            assertThat(cold).isNotSameAs(warm).usingRecursiveComparison().isEqualTo(warm);
            assertThat(cold.getAddresses().getClass())
                    .isSameAs(warm.getAddresses().getClass())
                    .isSameAs(ArrayList.class);
            assertThat(cold.getPhones().getClass()).isSameAs(warm.getPhones().getClass());
            MANAGER.begin();
            boolean managed = inContext(entities -> entities.contains(cold) || entities.contains(warm));
            assertThat(managed).isFalse();
            cold.setTier(Tier.GOLD);
            warm.setTier(Tier.GOLD);
            MANAGER.commit();
            assertThat(customerRow()).contains("BASIC");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HIBERNATE", "ECLIPSELINK"})
    void lookup_entitiesInARecord_areCopiedToo(JpaProvider provider) {
        try (RunningContainer container = started(provider, DETACHED)) {
            Customers customers = container.bean(Customers.class);

            Page cold = customers.page();
            Page warm = customers.page();

            assertThat(customers.loads()).isEqualTo(1);
            assertThat(customers.hasReturned(cold)).isFalse();
            assertThat(cold).usingRecursiveComparison().isEqualTo(warm);
            assertThat(cold.customers().get(0).getAddresses()).hasSize(2);
        }
    }

    @Test
    void lookup_redisAway_handsOutACopyAllTheSame() throws Exception {
        try (RedisProcess absent = RedisProcess.notStarted();
                RunningContainer container = started(
                        JpaProvider.HIBERNATE,
                        Map.of("redis.uri", absent.uri(), "redis.timeout", "PT0.1S", "entities", "DETACHED"))) {
            assertThatEachIsACopyOutsideATransactionOnly(container.bean(Customers.class));
        }
    }

    @Test
    void lookup_cacheSwitchedOff_handsOutACopyAllTheSame() throws Exception {
        try (RunningContainer container = started(
                JpaProvider.HIBERNATE,
                Map.of(
                        "enabled",
                        "false",
                        "cache.customers.entities",
                        "DETACHED",
                        "cache.pages.entities",
                        "DETACHED",
                        "cache.countries.entities",
                        "DETACHED"))) {
            assertThatEachIsACopyOutsideATransactionOnly(container.bean(Customers.class));
        }
    }

    private static void assertThatEachIsACopyOutsideATransactionOnly(Customers customers) throws Exception {
        Customer found = customers.find(1).orElseThrow();
        assertThat(customers.hasReturned(found)).isFalse();
        assertThat(found.getAddresses()).isExactlyInstanceOf(ArrayList.class).hasSize(2);
        assertThat(customers.find(7)).isEmpty();

        MANAGER.begin();
        assertThat(customers.hasReturned(customers.find(1).orElseThrow())).isTrue();
        MANAGER.setRollbackOnly();
        assertThat(customers.hasReturned(customers.find(1).orElseThrow())).isTrue();
        MANAGER.rollback();
    }

    /** It is never cached, so each caller gets what the method returns. */
    @Test
    void lookup_proxy_isTheMethodsOwnEachTime() {
        try (LoggedLines log = new LoggedLines();
                RunningContainer container = started(JpaProvider.HIBERNATE, DETACHED)) {
            Customers customers = container.bean(Customers.class);

            assertThat(customers.hasReturned(customers.country(1))).isTrue();
            assertThat(customers.hasReturned(customers.country(1))).isTrue();

            assertThat(customers.loads()).isEqualTo(2);
            assertThat(log.warnings()).anyMatch(line -> line.startsWith("CC-0402") && line.contains("a proxy"));
        }
    }

    /** What it costs to try is not paid at each call for ever. */
    @Test
    void programmatic_afterManyProxies_isNeitherCopiedNorStored() throws Exception {
        try (RunningContainer container = started(JpaProvider.HIBERNATE, DETACHED)) {
            ConnectionCache<Long, Customer> cache =
                    container.bean(ConnectionCaches.class).cache("customers", Long.class, Customer.class);
            Customer proxy = database.without(entities -> entities.getReference(Customer.class, 1L));
            Customer own = database.without(entities -> entities.find(Customer.class, 1L));
            assertThat(cache.get(1L, () -> own)).isNotSameAs(own);
            for (int i = 0; i < 40; i++) {
                assertThat(cache.get(2L, () -> proxy)).isSameAs(proxy);
            }

            assertThat(cache.get(3L, () -> own)).isSameAs(own);
            assertThat(container.stored("customers:3")).isNull();
            assertThat(cache.get(1L, () -> null)).isNotNull().isNotSameAs(own);
        }
    }

    @Test
    void programmatic_inATransaction_isTheLoadersOwn() throws Exception {
        try (RunningContainer container = started(JpaProvider.HIBERNATE, DETACHED)) {
            ConnectionCache<Long, Customer> cache =
                    container.bean(ConnectionCaches.class).cache("customers", Long.class, Customer.class);
            Customer own = database.without(entities -> entities.find(Customer.class, 1L));

            assertThat(cache.get(1L, () -> own)).isNotSameAs(own);
            assertThat(container.stored("customers:1")).isNotNull();
            MANAGER.begin();
            assertThat(cache.get(1L, () -> own)).isSameAs(own);
            MANAGER.rollback();
        }
    }

    @Test
    void programmatic_refused_saysWhatToDo() {
        start(JpaProvider.HIBERNATE);
        try (RunningContainer container = new RunningContainer(TransactionsTest.Registry.class)) {
            ConnectionCaches caches = container.bean(ConnectionCaches.class);

            assertThatThrownBy(() -> caches.cache("by-hand", Long.class, Customer.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CC-0170")
                    .hasMessageContaining("cached-connection.cache.by-hand.entities=DETACHED");
            assertThat(caches.cache("by-hand", Long.class, String.class))
                    .as("the right type, after a refused one")
                    .isNotNull();
        }
    }

    @Entity
    public static class Orphan {
        @Id
        private long id;

        @OneToMany
        private List<Country> countries;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }

        public List<Country> getCountries() {
            return countries;
        }

        public void setCountries(List<Country> countries) {
            this.countries = countries;
        }
    }

    @ApplicationScoped
    static class Orphans {

        @CachedConnection(cache = "orphans")
        public List<Orphan> find(long id) {
            return List.of();
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Guarded {}

    @Transactional
    @Stereotype
    @ApplicationScoped
    @Retention(RetentionPolicy.RUNTIME)
    @interface Service {}

    @ApplicationScoped
    static class TransactionOnMethod {

        @Guarded
        @Transactional
        @CachedConnection(cache = "customers")
        public @Nullable Customer find(long id) {
            return null;
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    @ApplicationScoped
    static class TransactionOnClass {

        @Guarded
        @CachedConnection(cache = "customers")
        public @Nullable Customer find(long id) {
            return null;
        }

        @Guarded
        @Transactional(TxType.SUPPORTS)
        @CachedConnection(cache = "supported")
        public @Nullable Customer supported(long id) {
            return null;
        }

        @CachedConnection(cache = "outside")
        public @Nullable Customer outside(long id) {
            return null;
        }
    }

    @ApplicationScoped
    static class TransactionInherited extends TransactionOnClass {}

    @Service
    static class TransactionOfStereotype {

        @Guarded
        @CachedConnection(cache = "customers")
        public @Nullable Customer find(long id) {
            return null;
        }
    }

    private static String refusal(Map<String, String> settings) {
        return refusal(settings, Customers.class, Orphans.class, TransactionsTest.Registry.class);
    }

    private static String refusal(Map<String, String> settings, Class<?>... beans) {
        start(JpaProvider.HIBERNATE);
        Throwable refusal =
                catchThrowable(() -> new RunningContainer("t" + UUID.randomUUID(), settings, beans).close());
        StringBuilder said = new StringBuilder();
        for (Throwable cause = ScannedLog.thrown(refusal); cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }

    @Test
    void deployment_entities_areRefusedByDefault() {
        assertThat(refusal(Map.of()))
                .contains("CC-0170 Customers.find(long) returns " + Customer.class.getName()
                        + ", with JPA entities: Customer")
                .contains("CC-0170 Customers.page() returns " + Page.class.getName()
                        + ", with JPA entities: Customer (Page.customers)")
                .contains("CC-0170 Customers.country(long)", "CC-0170 Orphans.find(long)")
                .contains("cached-connection.cache.orphans.entities=DETACHED");
    }

    @Test
    void deployment_detachedAndNotWhole_isRefused() {
        assertThat(refusal(DETACHED))
                .contains("CC-0171 Orphans.find(long) returns java.util.List<", "Orphan.countries is lazy")
                .doesNotContain("CC-0170", "Customers");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                TransactionOnMethod.class,
                TransactionOnClass.class,
                TransactionInherited.class,
                TransactionOfStereotype.class
            })
    void deployment_detachedInsideOthersInItsOwnTransaction_isRefused(Class<?> bean) {
        assertThat(refusal(DETACHED, bean, TransactionsTest.Registry.class))
                .contains("CC-0172 " + bean.getSimpleName() + ".find(long)")
                .doesNotContain("supported(long)", "outside(long)");
    }

    @Test
    void deployment_wrongSetting_isRefused() {
        assertThat(refusal(Map.of("cache.customers.entities", "detached")))
                .contains("CC-0202", "cached-connection.cache.customers.entities", "REFUSED or DETACHED");
    }
}
