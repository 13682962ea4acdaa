package io.cachedconnection.testing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;

/** The providers of persistence that servers have, with the classes as they are compiled, or as servers change them. */
public enum JpaProvider {
    HIBERNATE,
    HIBERNATE_ENHANCED,
    ECLIPSELINK,
    ECLIPSELINK_WOVEN;

    private boolean isHibernate() {
        return this == HIBERNATE || this == HIBERNATE_ENHANCED;
    }

    private boolean changesClasses() {
        return this == HIBERNATE_ENHANCED || this == ECLIPSELINK_WOVEN;
    }

    /** A database of its own with the tables of the {@link Shop}. */
    public Database database() {
        return new Database();
    }

    /** The tables of the shop, and the classes that stand for them. */
    public final class Database implements AutoCloseable {

        private final String name = "t" + UUID.randomUUID();
        private final Loader loader = new Loader();
        private final EntityManagerFactory factory = factory();

        private EntityManagerFactory factory() {
            Map<String, Object> settings = new HashMap<>();
            settings.put("jakarta.persistence.schema-generation.database.action", "create");
            settings.put("eclipselink.logging.level", "OFF");
            settings.put("eclipselink.weaving", Boolean.toString(changesClasses()));
            PersistenceProvider provider = isHibernate()
                    ? new org.hibernate.jpa.HibernatePersistenceProvider()
                    : new org.eclipse.persistence.jpa.PersistenceProvider();
            return provider.createContainerEntityManagerFactory(new Unit(name, loader), settings);
        }

        /** The class of the application as this provider has it. */
        public Class<?> type(Class<?> compiled) {
            try {
                return changesClasses() ? Class.forName(compiled.getName(), true, loader) : compiled;
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        public EntityManager open() {
            return factory.createEntityManager();
        }

        /** Puts a customer of {@code id} there. */
        public void add(long id) {
            inTransaction(entities ->
                    Shop.rows(id).forEach(row -> entities.createNativeQuery(row).executeUpdate()));
        }

        public void inTransaction(Consumer<EntityManager> work) {
            try (EntityManager entities = open()) {
                entities.getTransaction().begin();
                work.accept(entities);
                entities.getTransaction().commit();
            }
        }

        public <T> T without(Function<EntityManager, T> lookup) {
            try (EntityManager entities = open()) {
                return lookup.apply(entities);
            }
        }

        /** All rows of all tables. */
        public List<String> rows() {
            return without(entities -> Shop.tables().stream()
                    .flatMap(table -> ((List<?>) entities.createNativeQuery("select * from " + table)
                                    .getResultList())
                            .stream().map(row -> table + java.util.Arrays.toString((Object[]) row)))
                    .sorted()
                    .toList());
        }

        @Override
        public void close() {
            factory.close();
        }
    }

    /** Has the classes of the shop itself, once they are changed. */
    private final class Loader extends ClassLoader {

        private ClassTransformer weaver;

        Loader() {
            super(JpaProvider.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String className, boolean resolve) throws ClassNotFoundException {
            boolean own = changesClasses() && className.startsWith(Shop.class.getName());
            Class<?> known = own ? findLoadedClass(className) : super.loadClass(className, resolve);
            return known == null ? changed(className) : known;
        }

        private Class<?> changed(String className) throws ClassNotFoundException {
            byte[] bytes = bytes(className);
            try {
                byte[] changed = weaver == null
                        ? enhanced(className, bytes)
                        : weaver.transform(this, className.replace('.', '/'), null, null, bytes);
                byte[] kept = changed == null ? bytes : changed;
                return defineClass(className, kept, 0, kept.length);
            } catch (jakarta.persistence.spi.TransformerException e) {
                throw new ClassNotFoundException(className, e);
            }
        }

        private byte[] enhanced(String className, byte[] bytes) {
            if (!isHibernate()) {
                return bytes;
            }
            Enhancer enhancer = BytecodeProviderInitiator.buildDefaultBytecodeProvider()
                    .getEnhancer(new DefaultEnhancementContext() {
                        @Override
                        public ClassLoader getLoadingClassLoader() {
                            return JpaProvider.class.getClassLoader();
                        }

                        @Override
                        public boolean hasLazyLoadableAttributes(UnloadedClass type) {
                            return true;
                        }

                        @Override
                        public boolean doDirtyCheckingInline(UnloadedClass type) {
                            return true;
                        }
                    });
            return enhancer.enhance(className, bytes);
        }

        private byte[] bytes(String className) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(className.replace('.', '/') + ".class")) {
                if (in == null) { // one that is generated
                    throw new ClassNotFoundException(className);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a server tells of the persistence unit. */
    private record Unit(String name, Loader loader) implements PersistenceUnitInfo {

        @Override
        public String getPersistenceUnitName() {
            return name;
        }

        @Override
        public String getPersistenceProviderClassName() {
            return null;
        }

        @Override
        public PersistenceUnitTransactionType getTransactionType() {
            return PersistenceUnitTransactionType.RESOURCE_LOCAL;
        }

        @Override
        public DataSource getJtaDataSource() {
            return null;
        }

        @Override
        public DataSource getNonJtaDataSource() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;NON_KEYWORDS=NUMBER");
            return source;
        }

        @Override
        public List<String> getMappingFileNames() {
            return List.of();
        }

        @Override
        public List<URL> getJarFileUrls() {
            return List.of();
        }

        @Override
        public URL getPersistenceUnitRootUrl() {
            return JpaProvider.class.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        public List<String> getManagedClassNames() {
            return Shop.classes().stream().map(Class::getName).toList();
        }

        @Override
        public boolean excludeUnlistedClasses() {
            return true;
        }

        @Override
        public SharedCacheMode getSharedCacheMode() {
            return SharedCacheMode.NONE;
        }

        @Override
        public ValidationMode getValidationMode() {
            return ValidationMode.NONE;
        }

        @Override
        public Properties getProperties() {
            return new Properties();
        }

        @Override
        public String getPersistenceXMLSchemaVersion() {
            return "3.0";
        }

        @Override
        public ClassLoader getClassLoader() {
            return loader;
        }

        @Override
        public void addTransformer(ClassTransformer transformer) {
            if (transformer.getClass().getName().startsWith("org.eclipse")) {
                loader.weaver = transformer;
            }
        }

        @Override
        public ClassLoader getNewTempClassLoader() {
            return new ClassLoader(JpaProvider.class.getClassLoader()) {};
        }
    }
}
