package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.EvictingEntityListener;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** The library where neither Jakarta Transactions nor Jakarta Persistence is on the class path. */
class WithoutTransactionsTest {

    private static Class<?> poorer(Class<?> type) throws ClassNotFoundException {
        return new ClassesWithout("jakarta.transaction.", "jakarta.persistence.").loaded(type);
    }

    @Test
    void scope_noJakartaTransactions_isThatOfAWorldWithoutAndSaysNothing() throws Exception {
        Method scope = poorer(CacheRuntime.class).getDeclaredMethod("transactionsOf", Instance.class);
        scope.setAccessible(true);
        Object found;
        try (LoggedLines log = new LoggedLines()) {
            found = scope.invoke(null, (Object) null);
            assertThat(log.warnings()).isEmpty();
        }

        Method current = found.getClass().getDeclaredMethod("current");
        current.setAccessible(true);
        assertThat(current.invoke(found)).isNull();
    }

    @Test
    void warn_noJakartaTransactions_onlyWhereSomethingIsWritten() throws Exception {
        Class<?> type = poorer(PersistenceUnits.class);
        Method units = type.getDeclaredMethod("ofApplication");
        units.setAccessible(true);
        Method warn = type.getDeclaredMethod("warn", int.class);
        warn.setAccessible(true);
        Object found = units.invoke(null);
        try (LoggedLines log = new LoggedLines()) {
            warn.invoke(found, 0);
            assertThat(log.warnings()).isEmpty();
            warn.invoke(found, 2);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CC-0510")
                    .contains("2 method(s)", "docs/how-to/units-of-work.md");
        }
    }

    @Test
    void beans_noJakartaTransactions_areThoseThatDoNotNeedIt() throws Exception {
        Method classes = poorer(OurBeans.class).getDeclaredMethod("classes");
        classes.setAccessible(true);

        assertThat(classes.invoke(null).toString()).doesNotContain("TransactionFrames");
        assertThat(OurBeans.classes()).containsAll(TransactionFrames.classes());
    }

    @Test
    void classes_noJakartaTransactions_canBeRead() throws Exception {
        assertThat(poorer(CacheRuntime.class).getDeclaredMethods()).isNotEmpty();
        assertThat(poorer(CacheApplication.class).getDeclaredMethods()).isNotEmpty();
        assertThat(poorer(WriteInterceptor.class).getDeclaredMethods()).isNotEmpty();
        assertThat(poorer(Deployment.class).getDeclaredMethods()).isNotEmpty();
        assertThat(poorer(EvictingEntityListener.class)
                        .getMethod("loaded", Object.class)
                        .getAnnotations())
                .isEmpty(); // and no NoClassDefFoundError
    }
}
