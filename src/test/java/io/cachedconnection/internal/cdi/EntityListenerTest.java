package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.UnitOfWork;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Persistence;
import jakarta.persistence.Table;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Entities that evict when they are written, with real persistence providers, a real database and a real Redis. */
class EntityListenerTest {

    /** Who buys. */
    @Entity
    @Table(name = "CLIENT")
    public static class Client {
        @Id
        @Column(name = "ID")
        private long id;

        public long getId() {
            return id;
        }

        public void setId(long id) {
            this.id = id;
        }
    }

    /** What is bought. */
    @MappedSuperclass
    @EvictConnection(cache = "items", key = "{id}")
    public abstract static class Purchase {
        @Id
        @Column(name = "ID")
        private Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "CLIENT_ID")
        private Client client;

        @Column(name = "ITEM")
        private String item;

        public Long getId() {
            return id;
        }

        public void setId(Long id) {
            this.id = id;
        }

        public Client getClient() {
            return client;
        }

        public void setClient(Client client) {
            this.client = client;
        }

        public String getItem() {
            return item;
        }

        public void setItem(String item) {
            this.item = item;
        }
    }

    /** Says itself who listens. */
    @Entity(name = "Listened")
    @Table(name = "PURCHASE")
    @EntityListeners(EvictingEntityListener.class)
    @EvictConnection(cache = "purchases-of-client", key = "{client.id}")
    public static class Listened extends Purchase {}

    /** Is listened to because all entities are. */
    @Entity(name = "Mapped")
    @Table(name = "PURCHASE")
    @EvictConnection(cache = "purchases-of-client", key = "{client.id}")
    public static class Mapped extends Purchase {}

    /** Names what no lookup has, and what no getter tells. */
    @Entity
    @EntityListeners(EvictingEntityListener.class)
    @EvictConnection(cache = "nowhere", key = "{id}")
    @EvictConnection(cache = "items", key = "{number}")
    @EvictConnection(cache = "items")
    @EvictConnection(cache = "items", key = "{item}")
    @EvictConnection(cache = "items", key = "{id}", all = true)
    public static class Wrong extends Purchase {}

    /** What to test with. */
    enum Provider {
        HIBERNATE("org.hibernate.jpa.HibernatePersistenceProvider", Listened.class),
        HIBERNATE_ORM_XML("org.hibernate.jpa.HibernatePersistenceProvider", Mapped.class),
        ECLIPSELINK("org.eclipse.persistence.jpa.PersistenceProvider", Listened.class),
        ECLIPSELINK_ORM_XML("org.eclipse.persistence.jpa.PersistenceProvider", Mapped.class);

        private final String type;
        private final Class<? extends Purchase> entity;

        Provider(String type, Class<? extends Purchase> entity) {
            this.type = type;
            this.entity = entity;
        }

        private boolean isInXml() {
            return entity == Mapped.class;
        }

        private String persistence() {
            return "<persistence xmlns='https://jakarta.ee/xml/ns/persistence' version='3.0'>"
                    + "<persistence-unit name='shop' transaction-type='RESOURCE_LOCAL'><provider>" + type
                    + "</provider><class>" + Client.class.getName() + "</class><class>" + Purchase.class.getName()
                    + "</class><class>" + entity.getName() + "</class><exclude-unlisted-classes>true"
                    + "</exclude-unlisted-classes><shared-cache-mode>NONE</shared-cache-mode>"
                    + "</persistence-unit></persistence>";
        }

        private static String mappings() {
            return "<entity-mappings xmlns='https://jakarta.ee/xml/ns/persistence/orm' version='3.0'>"
                    + "<persistence-unit-metadata><persistence-unit-defaults><entity-listeners><entity-listener class='"
                    + EvictingEntityListener.class.getName()
                    + "'/></entity-listeners></persistence-unit-defaults></persistence-unit-metadata></entity-mappings>";
        }
    }

    /** Both providers and both ways to say who listens; EntityListenerProofTest has what remains. */
    static class Providers implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return context.getTags().contains("proof")
                    ? Stream.of(Arguments.of(Provider.HIBERNATE_ORM_XML), Arguments.of(Provider.ECLIPSELINK))
                    : Stream.of(Arguments.of(Provider.HIBERNATE), Arguments.of(Provider.ECLIPSELINK_ORM_XML));
        }
    }

    /** The lookups; nothing here writes. */
    @ApplicationScoped
    static class Purchases {

        private EntityManagerFactory factory;
        private Class<? extends Purchase> entity;

        void use(EntityManagerFactory opened, Class<? extends Purchase> type) {
            factory = opened;
            entity = type;
        }

        @CachedConnection(cache = "items")
        public Optional<String> item(long id) {
            try (EntityManager entities = factory.createEntityManager()) {
                return Optional.ofNullable(entities.find(entity, id)).map(Purchase::getItem);
            }
        }

        @CachedConnection(cache = "purchases-of-client")
        public List<Long> ofClient(long client) {
            try (EntityManager entities = factory.createEntityManager()) {
                return entities.createQuery(
                                "select p.id from " + entity.getSimpleName()
                                        + " p where p.client.id = :client order by p.id",
                                Long.class)
                        .setParameter("client", client)
                        .getResultList();
            }
        }
    }

    @TempDir
    Path archive;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader loader;
    private RunningContainer container;
    private Provider provider;
    private EntityManagerFactory factory;
    private Purchases purchases;

    @BeforeEach
    void useTheArchive() throws IOException {
        Files.createDirectories(archive.resolve("META-INF"));
        loader = new URLClassLoader(new URL[] {archive.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void close() throws IOException {
        if (container != null) {
            container.close();
        }
        if (factory != null) {
            factory.close();
        }
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private void start(Provider with) throws IOException {
        start(with, Map.of("negative-ttl", "60"));
        Client one = new Client();
        one.setId(1);
        Client two = new Client();
        two.setId(2);
        inUnit(entities -> {
            entities.persist(one);
            entities.persist(two);
            entities.persist(purchase(entities, 10, "book"));
        });
    }

    private void start(Provider with, Map<String, String> settings) throws IOException {
        open(with);
        container = new RunningContainer(
                "t" + UUID.randomUUID(), settings, Purchases.class, TransactionsTest.Registry.class);
        purchases = container.bean(Purchases.class);
        purchases.use(factory, with.entity);
    }

    private void open(Provider with) throws IOException {
        provider = with;
        Files.writeString(archive.resolve("META-INF/persistence.xml"), with.persistence());
        if (with.isInXml()) {
            Files.writeString(archive.resolve("META-INF/orm.xml"), Provider.mappings());
        }
        factory = Persistence.createEntityManagerFactory(
                "shop",
                Map.of(
                        "jakarta.persistence.jdbc.url",
                        "jdbc:h2:mem:l" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        "jakarta.persistence.schema-generation.database.action",
                        "create",
                        "eclipselink.logging.level",
                        "OFF"));
    }

    private Purchase purchase(EntityManager entities, long id, String item) {
        try {
            Purchase purchase = provider.entity.getConstructor().newInstance();
            purchase.setId(id);
            purchase.setItem(item);
            purchase.setClient(entities.getReference(Client.class, 1L));
            return purchase;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Purchase find(EntityManager entities, long id) {
        return entities.find(provider.entity, id);
    }

    private void inTransaction(Consumer<EntityManager> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            work.accept(entities);
            entities.getTransaction().commit();
        }
    }

    private void inUnit(Consumer<EntityManager> work) {
        container.bean(ConnectionCaches.class).inUnitOfWork(() -> inTransaction(work));
    }

    private static <T> T elsewhere(Callable<T> work) {
        try {
            FutureTask<T> task = new FutureTask<>(work);
            new Thread(task).start();
            return task.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertCached(String item, List<Long> ofOne, List<Long> ofTwo) {
        assertThat(purchases.item(10)).isEqualTo(Optional.ofNullable(item));
        assertThat(purchases.ofClient(1)).isEqualTo(ofOne);
        assertThat(purchases.ofClient(2)).isEqualTo(ofTwo);
        assertThat(container.stored("items:10")).isNotNull();
        assertThat(container.stored("purchases-of-client:1")).isNotNull();
        assertThat(container.stored("purchases-of-client:2")).isNotNull();
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void insert_unitOfWork_evictsThatThereWasNone(Provider with) throws IOException {
        start(with);
        assertThat(purchases.item(11)).isEmpty();
        assertThat(container.stored("items:11")).isNotNull();
        assertCached("book", List.of(10L), List.of());

        inUnit(entities -> entities.persist(purchase(entities, 11, "pen")));

        assertThat(purchases.item(11)).contains("pen");
        assertCached("book", List.of(10L, 11L), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_unitOfWork_isSeenAfterTheCommitAndNotBefore(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());

        inUnit(entities -> {
            find(entities, 10).setItem("lamp");
            entities.flush();
            assertThat(elsewhere(() -> purchases.item(10))).contains("book");
            assertThat(container.stored("items:10")).isNull();
        });

        assertCached("lamp", List.of(10L), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_movesToAnotherClient_evictsTheListsOfBoth(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());

        inUnit(entities -> find(entities, 10).setClient(entities.getReference(Client.class, 2L)));
        assertCached("book", List.of(), List.of(10L));

        Purchase detached = elsewhere(() -> {
            try (EntityManager entities = factory.createEntityManager()) {
                return find(entities, 10);
            }
        });
        detached.setClient(null);
        inUnit(entities -> entities.merge(detached));
        assertCached("book", List.of(), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_flushedAndRolledBack_isNeverSeen(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());

        try (UnitOfWork unit = container.bean(ConnectionCaches.class).unitOfWork();
                EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            find(entities, 10).setItem("dirty");
            entities.flush();
            entities.getTransaction().rollback();
            unit.rolledBack();
        }

        assertCached("book", List.of(10L), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void delete_unitOfWork_isSeen(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());

        inUnit(entities -> entities.remove(find(entities, 10)));

        assertCached(null, List.of(), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_ofAnEntityThatWasNotLoaded_evictsAllThatItMayHaveBeenIn(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());
        EvictingEntityListener listener = new EvictingEntityListener();

        inUnit(entities -> {
            Purchase unknown = purchase(entities, 10, "book");
            listener.updated(unknown);
        });

        assertThat(container.stored("purchases-of-client:2")).isNull();
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_noUnitOfWork_isFreshAndNotCachedForAWhile(Provider with) throws IOException {
        start(with);
        assertCached("book", List.of(10L), List.of());

        inTransaction(entities -> {
            find(entities, 10).setItem("lamp");
            entities.flush();
            assertThat(elsewhere(() -> purchases.item(10))).contains("book");
        });

        assertThat(purchases.item(10)).contains("lamp");
        assertThat(container.stored("items:10")).isNull(); // nobody has told of the commit
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void update_jtaTransaction_isEvictedWithThat(Provider with) throws Exception {
        start(with);
        assertCached("book", List.of(10L), List.of());
        jakarta.transaction.TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();

        manager.begin();
        inTransaction(entities -> find(entities, 10).setItem("lamp"));
        assertThat(container.stored("items:10")).isNotNull(); // until it commits
        assertThat(purchases.item(10)).contains("lamp"); // its own
        manager.commit();

        assertCached("lamp", List.of(10L), List.of());
    }

    @ParameterizedTest
    @ArgumentsSource(Providers.class)
    void commit_redisAwayAndFail_isRefused(Provider with) throws IOException {
        try (RedisProcess absent = RedisProcess.notStarted()) {
            start(with, RunningContainer.refusingWrites(absent.uri()));

            assertThatThrownBy(() -> inTransaction(entities -> entities.persist(purchaseOfNobody())))
                    .hasRootCauseMessage("CC-0802 The write is refused before it commits, because the eviction from"
                            + " cache items cannot be announced in Redis and evict.on-failure is FAIL. Try again"
                            + " when Redis is available.")
                    .satisfies(failure ->
                            assertThat(causes(failure)).hasAtLeastOneElementOfType(EvictionRefusedException.class));
            assertThat(purchases.item(12)).isEmpty();
        }
    }

    private Purchase purchaseOfNobody() {
        Purchase purchase = provider.entity == Mapped.class ? new Mapped() : new Listened();
        purchase.setId(12L);
        return purchase;
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }

    @ParameterizedTest
    @EnumSource(names = "HIBERNATE")
    void write_noContainer_goesOnAndIsSaid(Provider with) throws IOException {
        open(with);
        try (LoggedLines log = new LoggedLines()) {
            inTransaction(entities -> entities.persist(purchaseOfNobody()));
            inTransaction(entities -> find(entities, 12).setItem("pen"));

            assertThat(log.warnings()).singleElement().asString().startsWith("CC-0809 Listened is written");
        }
    }

    @Test
    void deployment_wrongKeysAndCaches_isRefusedWithOneMessage() throws IOException {
        Files.writeString(
                archive.resolve("META-INF/persistence.xml"),
                "<persistence><persistence-unit name='shop'><class>" + Wrong.class.getName()
                        + "</class></persistence-unit></persistence>");

        assertThatThrownBy(() -> new RunningContainer(Purchases.class, TransactionsTest.Registry.class))
                .satisfies(ScannedLog::thrown)
                .hasMessageContainingAll(
                        "5 problem(s)",
                        "CC-0127 Wrong",
                        "CC-0177 Wrong",
                        "CC-0108 Wrong: its template names the property number",
                        "CC-0129 Wrong writes to cache nowhere",
                        "CC-0130 Wrong writes the key {String} in cache items");
    }

    @Test
    void deployment_nobodyListens_warns() throws IOException {
        Files.writeString(
                archive.resolve("META-INF/persistence.xml"),
                "<persistence><persistence-unit name='shop'><class>" + Mapped.class.getName()
                        + "</class></persistence-unit></persistence>");
        try (LoggedLines log = new LoggedLines()) {
            new RunningContainer(Purchases.class, TransactionsTest.Registry.class).close();
            assertThat(log.warnings()).singleElement().asString().startsWith("CC-0178 Mapped is an entity");
        }
    }
}
