package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.testing.ScannedLog;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionBeanTest {

    @Stateless
    static class Default {
        @CachedConnection
        public String find(long id) {
            return "";
        }

        @EvictConnection
        public void save(long id) {}
    }

    @Stateful
    static class New {
        @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @Test
    void lookup_inATransactionThatTheServerBegins_isRefused() {
        assertThat(problems(Default.class))
                .containsExactly("CC-0146 Default.find(long) belongs to a session bean, and the server begins its"
                        + " transaction before it asks the cache, so it would never be cached. Annotate it"
                        + " with @TransactionAttribute(SUPPORTS) or NOT_SUPPORTED.");
        assertThat(problems(New.class)).hasSize(1);
    }

    @Singleton
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    static class OnClass {
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @Stateless
    static class OnMethod {
        @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @Stateless
    @TransactionManagement(TransactionManagementType.BEAN)
    static class OfItsOwn {
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @TransactionAttribute
    static class NoSessionBean {
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @Test
    void lookup_inNoTransactionOrTheCallers_isCached() {
        for (Class<?> bean : List.of(OnClass.class, OnMethod.class, OfItsOwn.class, NoSessionBean.class)) {
            assertThat(problems(bean)).as(bean.getSimpleName()).isEmpty();
        }
    }

    @Stateless
    static class Inheriting extends OnClass {}

    /** The attribute of a class is that of the methods that it declares itself. */
    @Stateless
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    static class InheritingMore extends NoAttribute {}

    static class NoAttribute {
        @CachedConnection
        public String find(long id) {
            return "";
        }
    }

    @Test
    void attribute_ofAClass_isThatOfItsOwnMethods() {
        assertThat(problems(Inheriting.class)).isEmpty();
        assertThat(problems(InheritingMore.class)).hasSize(1);
    }

    private static List<String> problems(Class<?> bean) {
        return ScannedLog.texts(BeanReading.of(bean).problems());
    }
}
