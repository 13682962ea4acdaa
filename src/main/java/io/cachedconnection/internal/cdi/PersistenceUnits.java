package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.EvictingEntity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The relevant contents of the application's Jakarta Persistence descriptors. One thread.
 *
 * @param local the persistence units with transactions outside Jakarta Transactions
 * @param classes the names of the listed classes
 * @param mappings the mapping files, of which one may be absent
 * @param listeners the entity listeners that mappings name
 */
record PersistenceUnits(Set<String> local, Set<String> classes, Set<String> mappings, Set<String> listeners) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    /** Reads the descriptors of the application, by the class loader of the calling thread. */
    static PersistenceUnits ofApplication() {
        PersistenceUnits units = new PersistenceUnits(
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(Set.of("META-INF/orm.xml")),
                new LinkedHashSet<>());
        units.read("META-INF/persistence.xml");
        List.copyOf(units.mappings).forEach(units::read);
        return units;
    }

    private void read(String name) {
        try {
            for (URL file : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources(name))) {
                URLConnection connection = file.openConnection();
                connection.setUseCaches(false); // otherwise a server could not replace the jar
                try (InputStream content = connection.getInputStream()) {
                    read(content);
                }
            }
        } catch (IOException
                | XMLStreamException
                | RuntimeException e) { // the persistence provider reports the problem
            LOG.log(Level.DEBUG, name, e);
        }
    }

    private void read(InputStream content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // the JDK's, independent of the server's
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(content);
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "persistence-unit" -> {
                    if ("RESOURCE_LOCAL".equals(reader.getAttributeValue(null, "transaction-type"))) {
                        local.add(Objects.toString(reader.getAttributeValue(null, "name"), "without a name"));
                    }
                }
                case "class" -> classes.add(reader.getElementText().trim());
                case "mapping-file" -> mappings.add(reader.getElementText().trim());
                case "entity-listener" -> listeners.add(Objects.toString(reader.getAttributeValue(null, "class"), ""));
                default -> {} // not relevant here
            }
        }
    }

    /** Warns that units of work may be needed, if the application has {@code writes} that evict or put. */
    void warn(int writes) {
        if (writes == 0) {
            return;
        }
        if (!local.isEmpty()) {
            LOG.log(Level.WARNING, LifeMessage.LOCAL_TRANSACTIONS.with(String.join(", ", local), writes));
        } else if (!OptionalApi.hasTransactions()) {
            LOG.log(Level.WARNING, LifeMessage.NO_JAKARTA_TRANSACTIONS.with(writes));
        }
    }

    /** Whether the evicting listener is registered for all entities, as far as the mappings show. */
    boolean listen() {
        return listeners.contains(EvictingEntityListener.class.getName());
    }

    /** Finds evicting entities: those that are listed, and those that {@code beans} use. */
    List<Class<?>> evictingEntities(Collection<Class<?>> beans) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Stream<Class<?>> listed = classes.stream().flatMap(name -> loaded(name, loader));
        return BeanClasses.among(
                Stream.concat(listed, beans.stream().flatMap(PersistenceUnits::worksOn))
                        .distinct()
                        .toList(),
                EvictingEntity::isEvicting);
    }

    private static Stream<Class<?>> loaded(String name, ClassLoader loader) {
        try {
            return Stream.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Stream.of();
        }
    }

    private static Stream<Class<?>> worksOn(Class<?> bean) {
        Set<Class<?>> found = new LinkedHashSet<>();
        try {
            for (Method method : bean.getMethods()) {
                Stream.concat(Stream.of(method.getGenericReturnType()), Stream.of(method.getGenericParameterTypes()))
                        .forEach(type -> add(type, found));
            }
        } catch (LinkageError | TypeNotPresentException e) {
            return found.stream(); // a class is missing; the classes found so far count
        }
        return found.stream();
    }

    private static void add(Type type, Set<Class<?>> found) {
        if (type instanceof Class<?> plain) {
            found.add(plain.isArray() ? Objects.requireNonNull(plain.getComponentType()) : plain);
        } else if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(each -> add(each, found));
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType(), found);
        } else if (type instanceof WildcardType wildcard) {
            Stream.of(wildcard.getUpperBounds()).forEach(each -> add(each, found));
        }
    }
}
