package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.ScannedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A write that the container intercepts, and that this library has not seen at deployment. */
class UnknownWriteTest {

    private static final AtomicInteger WRITES = new AtomicInteger();

    static class Plain {

        void save(long id) {
            WRITES.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class Producer {

        @Produces
        @Singleton
        Plain plain(InterceptionFactory<Plain> factory) {
            factory.configure()
                    .filterMethods(method -> method.getJavaMember().getName().equals("save"))
                    .forEach(method -> method.add(new Evicting()));
            return factory.createInterceptedInstance(new Plain());
        }
    }

    private static final class Evicting extends AnnotationLiteral<EvictConnection> implements EvictConnection {

        private static final long serialVersionUID = 1L;

        @Override
        public String cache() {
            return "volumes";
        }

        @Override
        public String key() {
            return "";
        }

        @Override
        public boolean all() {
            return false;
        }

        @Override
        public String[] tags() {
            return new String[0];
        }
    }

    @Test
    void write_thatNobodyKnows_isRefusedBeforeItIsDone() {
        try (RunningContainer container = new RunningContainer(Producer.class, Shelf.class)) {
            Plain plain = container.bean(Plain.class);

            Throwable refusal = ScannedLog.thrown(catchThrowable(() -> plain.save(1)));

            assertThat(refusal)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("CC-0506 Plain.save writes");
            assertThat(WRITES).hasValue(0);
        }
    }
}
