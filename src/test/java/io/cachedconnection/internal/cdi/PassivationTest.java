package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jboss.weld.context.bound.BoundLiteral;
import org.jboss.weld.context.bound.BoundSessionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans of a session that is written to bytes and read again, as servers do to keep it elsewhere for a while. */
class PassivationTest {

    /** What a session-scoped bean may have of its own: with annotations, too. */
    @Dependent
    static class Shelf implements Serializable {

        private static final long serialVersionUID = 1L;

        private int loads;

        @CachedConnection(cache = "shelves")
        public int size(long id) {
            return ++loads;
        }
    }

    /** A bean of a session. */
    @SessionScoped
    static class Basket implements Serializable {

        private static final long serialVersionUID = 1L;

        @Inject
        @SuppressWarnings("serial") // it is serializable, and so is what the container makes of it
        Shelf shelf;

        private int loads;

        @CachedConnection(cache = "baskets")
        public String find(long id) {
            return "load " + ++loads;
        }

        @EvictConnection(cache = "baskets")
        public void remove(long id) {}

        @PutConnection(cache = "baskets")
        public String put(long id) {
            return "put";
        }

        @EvictConnection(cache = "baskets")
        @EvictConnection(cache = "shelves")
        public void clear(long id) {}

        public int size(long id) {
            return shelf.size(id);
        }
    }

    private RunningContainer container;
    private BoundSessionContext context;
    private Map<String, Object> session = new HashMap<>();

    @BeforeEach
    void start() {
        container = new RunningContainer(Basket.class, Shelf.class);
        context = container.bean(BoundSessionContext.class, BoundLiteral.INSTANCE);
        begin();
    }

    @AfterEach
    void stop() {
        context.deactivate();
        container.close();
    }

    private void begin() {
        context.associate(session);
        context.activate();
    }

    private void passivateAndActivate() throws IOException, ClassNotFoundException {
        context.deactivate();
        context.dissociate(session);
        session = read(written(session));
        begin();
    }

    private static byte[] written(Object session) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(session);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings({"unchecked", "BanSerializableRead"}) // they have just been written
    private static Map<String, Object> read(byte[] session) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(session))) {
            return (Map<String, Object>) in.readObject();
        }
    }

    @Test
    void session_passivatedAfterItsBeanWasCalled_goesOnWithItsState() throws Exception {
        Basket basket = container.bean(Basket.class);
        assertThat(basket.find(1)).isEqualTo("load 1");
        assertThat(basket.size(1)).isEqualTo(1);

        passivateAndActivate();

        assertThat(session).isNotEmpty();
        assertThat(basket.find(1)).isEqualTo("load 1");
        basket.remove(1);
        assertThat(basket.find(1)).isEqualTo("load 2"); // so the bean knows that it has loaded once
        assertThat(basket.put(1)).isEqualTo("put");
        assertThat(basket.find(1)).isEqualTo("put");
        basket.clear(1);
        assertThat(basket.size(1)).isEqualTo(2);
        assertThat(basket.find(1)).isEqualTo("load 3");
    }

    @Test
    void session_passivatedAfterWrites_goesOn() throws Exception {
        Basket basket = container.bean(Basket.class);
        basket.put(1);
        basket.remove(1);
        basket.clear(1);

        passivateAndActivate();
        passivateAndActivate();

        assertThat(basket.put(1)).isEqualTo("put");
        assertThat(basket.find(1)).isEqualTo("put");
    }
}
