package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.message.LifeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The transactions that Jakarta Transactions does not know, as far as the application shows that it has some. */
final class LocalTransactions {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final String UNITS = "META-INF/persistence.xml";

    private LocalTransactions() {}

    /** Says that units of work may be needed, if the application has {@code writes} that evict or put. */
    static void warn(int writes) {
        if (writes == 0) {
            return;
        }
        List<String> units = persistenceUnits();
        if (!units.isEmpty()) {
            LOG.log(Level.WARNING, LifeMessage.LOCAL_TRANSACTIONS.with(String.join(", ", units), writes));
        } else if (!TransactionSearch.hasRegistry()) {
            LOG.log(Level.WARNING, LifeMessage.NO_JAKARTA_TRANSACTIONS.with(writes));
        }
    }

    private static List<String> persistenceUnits() {
        List<String> units = new ArrayList<>();
        try {
            for (URL file : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources(UNITS))) {
                URLConnection connection = file.openConnection();
                connection.setUseCaches(false); // a server could not replace the jar
                try (InputStream content = connection.getInputStream()) {
                    addUnits(content, units);
                }
            }
        } catch (IOException | XMLStreamException | RuntimeException e) { // the persistence provider says what is wrong
            LOG.log(Level.DEBUG, UNITS, e);
        }
        return units;
    }

    private static void addUnits(InputStream content, List<String> units) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // that of the JDK, whatever the server has
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(content);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals("persistence-unit")
                    && "RESOURCE_LOCAL".equals(reader.getAttributeValue(null, "transaction-type"))) {
                units.add(Objects.toString(reader.getAttributeValue(null, "name"), "without a name"));
            }
        }
    }
}
