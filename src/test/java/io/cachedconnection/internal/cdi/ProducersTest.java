package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProducersTest {

    static class Marked {

        @CachedConnection(cache = "marked")
        public String find(long id) {
            return "";
        }
    }

    static class One {

        static class Factory {

            @Produces
            Marked made() {
                return new Marked();
            }
        }
    }

    static class Two {

        static class Factory {

            @Produces
            String made() {
                return "";
            }

            @Produces
            Marked made(String name) {
                return new Marked();
            }
        }
    }

    @Test
    void problems_ofProducersThatAreCalledTheSame_areAllFound() {
        assertThat(BeanClasses.among(List.of(One.Factory.class, Two.Factory.class))
                        .problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).startsWith("CC-0145 Factory.made() produces a Marked"));
        assertThat(BeanClasses.among(List.of(Two.Factory.class)).problems()).hasSize(1);
    }
}
