package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.Principal;
import org.junit.jupiter.api.Test;

/** Beans whose values may depend on who calls them. */
class CallerDependenceTest {

    static class Titles {

        @CachedConnection(cache = "titles")
        public String find(long id) {
            return "";
        }
    }

    static class ByField extends Titles {

        @Inject
        Instance<Principal> caller;
    }

    static class ByConstructor extends Titles {

        @Inject
        ByConstructor(Principal caller) {}
    }

    static class ByInitializer extends Titles {

        @Inject
        void caller(Principal caller) {}
    }

    @RequestScoped
    static class OfTheRequest extends Titles {

        String tenant = "";
    }

    static class InjectsWhatIsOfTheRequest extends Titles {

        @Inject
        OfTheRequest request;
    }

    /** In a scope of the caller, but without any state. */
    @RequestScoped
    static class WithoutState extends Titles {}

    static class LooksNothingUp {

        @Inject
        Principal caller;
    }

    @Test
    void warnings_beanThatCanTellWhoCalls_areGiven() {
        assertThat(Readings.readAll(ByField.class).warnings())
                .containsExactly(
                        "CC-0164 ByField is a lookup that can tell who calls it (Principal). If the value depends"
                                + " on the caller, make the user, tenant or session part of its key; otherwise"
                                + " other callers get the value.");
        assertThat(Readings.readAll(ByConstructor.class).warnings()).hasSize(1);
        assertThat(Readings.readAll(ByInitializer.class).warnings()).hasSize(1);
        assertThat(Readings.readAll(OfTheRequest.class).warnings().toString()).contains("(@RequestScoped)");
        assertThat(Readings.readAll(InjectsWhatIsOfTheRequest.class).warnings().toString())
                .contains("(OfTheRequest)");
    }

    @Test
    void warnings_otherBeans_areNotGiven() {
        assertThat(Readings.readAll(Titles.class).warnings()).isEmpty();
        assertThat(Readings.readAll(WithoutState.class).warnings()).isEmpty();
        assertThat(Readings.readAll(LooksNothingUp.class).warnings()).isEmpty();
    }
}
