package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.PutConnection;
import io.cachedconnection.testing.Said;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.Interceptors;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookups and puts of methods that others intercept: what these decide holds for a hit, and what they make is not kept. */
class OtherInterceptorsTest {

    private static final List<String> CALLS = new ArrayList<>();
    private static String user = "";

    @BeforeEach
    @AfterEach
    void forget() {
        CALLS.clear();
        user = "";
    }

    @Inherited
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface AdminOnly {}

    /** Has the same on it. */
    @AdminOnly
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Audited {}

    @Audited
    @Stereotype
    @ApplicationScoped
    @Retention(RetentionPolicy.RUNTIME)
    @interface Confidential {}

    /** A binding that brings both along. */
    @AdminOnly
    @CachedConnection(cache = "salaries")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface SecureLookup {}

    static class Authorization {

        @AroundInvoke
        Object check(InvocationContext call) throws Exception {
            if (!user.equals("admin")) {
                throw new SecurityException("not for " + user);
            }
            return call.proceed();
        }
    }

    @AdminOnly
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_AFTER + 1000)
    static class AdminOnlyInterceptor extends Authorization {}

    interface Salaries {
        String salary(String name);
    }

    static String load(String name) {
        CALLS.add("load");
        return name + " 100000";
    }

    @ApplicationScoped
    static class OnMethod implements Salaries {

        @Override
        @AdminOnly
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @AdminOnly
    @ApplicationScoped
    static class OnClass implements Salaries {

        @Override
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @ApplicationScoped
    static class OnSuperclass extends OnClass {}

    @ApplicationScoped
    static class InheritsMethod extends OnMethod {}

    @ApplicationScoped
    static class OnBinding implements Salaries {

        @Override
        @Audited
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @ApplicationScoped
    static class OnOurBinding implements Salaries {

        @Override
        @SecureLookup
        public String salary(String name) {
            return load(name);
        }
    }

    @Confidential
    @CachedConnection(cache = "salaries")
    static class OnStereotype implements Salaries {

        @Override
        public String salary(String name) {
            return load(name);
        }
    }

    @ApplicationScoped
    static class InATransaction implements Salaries {

        @Override
        @AdminOnly
        @Transactional
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @ApplicationScoped
    static class ByClassOfInterceptor implements Salaries {

        @Override
        @Interceptors(Authorization.class)
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    /** No binding of CDI: an extension of a server puts one in its place. */
    @ApplicationScoped
    static class WithRoles implements Salaries {

        @Override
        @RolesAllowed("admin")
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Secret {}

    /** Likewise, and no name tells. */
    @ApplicationScoped
    static class WithSecret implements Salaries {

        @Override
        @Secret
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @Secret
    @ApplicationScoped
    static class OnClassOfExtension implements Salaries {

        @Override
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    /** What servers do for their annotations. */
    public static class Securing implements Extension {

        static final class AdminOnlyLiteral extends AnnotationLiteral<AdminOnly> implements AdminOnly {
            private static final long serialVersionUID = 1L;
        }

        void secure(@Observes @WithAnnotations({RolesAllowed.class, Secret.class}) ProcessAnnotatedType<?> type) {
            type.configureAnnotatedType()
                    .filterMethods(method ->
                            method.isAnnotationPresent(RolesAllowed.class) || method.isAnnotationPresent(Secret.class))
                    .forEach(method -> method.add(new AdminOnlyLiteral()));
            if (type.getAnnotatedType().isAnnotationPresent(Secret.class)) {
                type.configureAnnotatedType().add(new AdminOnlyLiteral());
            }
        }
    }

    static Stream<Class<?>> secured() {
        return Stream.of(
                OnMethod.class,
                OnClass.class,
                OnSuperclass.class,
                InheritsMethod.class,
                OnBinding.class,
                OnOurBinding.class,
                OnStereotype.class,
                InATransaction.class,
                ByClassOfInterceptor.class,
                WithRoles.class,
                WithSecret.class,
                OnClassOfExtension.class);
    }

    private static String answer(Salaries salaries, String of) {
        user = of;
        try {
            return salaries.salary("ann");
        } catch (SecurityException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("secured")
    void lookup_authorizedByAnInterceptor_isSoForAHitToo(Class<? extends Salaries> bean) {
        try (RunningContainer container = new RunningContainer(new Securing(), bean, AdminOnlyInterceptor.class)) {
            Salaries salaries = container.bean(bean);

            assertThat(answer(salaries, "guest")).isEqualTo("not for guest");
            assertThat(answer(salaries, "admin")).isEqualTo("ann 100000");
            assertThat(answer(salaries, "guest")).isEqualTo("not for guest");
            assertThat(answer(salaries, "admin")).isEqualTo("ann 100000");
            assertThat(CALLS).containsExactly("load");
        }
    }

    @Interceptor
    @Transactional
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    static class Begins {

        @AroundInvoke
        Object begin(InvocationContext call) throws Exception {
            CALLS.add("begin");
            return call.proceed();
        }
    }

    @ApplicationScoped
    static class OnlyTransactional implements Salaries {

        @Override
        @Transactional
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @Test
    void lookup_onlyTransactional_beginsNoTransactionForAHit() {
        try (RunningContainer container = new RunningContainer(OnlyTransactional.class, Begins.class)) {
            container.bean(OnlyTransactional.class).salary("ann");
            container.bean(OnlyTransactional.class).salary("ann");

            assertThat(CALLS).containsExactly("begin", "load");
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lenient {}

    /** As {@code @Fallback}: an answer, whatever the method does. */
    @Lenient
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_AFTER + 10)
    static class MakesUp {

        @AroundInvoke
        Object orElse(InvocationContext call) throws Exception {
            try {
                return call.proceed();
            } catch (IllegalStateException e) {
                return "made up";
            }
        }
    }

    /** Changes what the method returns. */
    @Lenient
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class Masks {

        @AroundInvoke
        Object mask(InvocationContext call) throws Exception {
            return user + " sees " + call.proceed();
        }
    }

    @ApplicationScoped
    static class Titles {

        boolean isBroken;

        void isBroken(boolean broken) {
            isBroken = broken;
        }

        @Lenient
        @CachedConnection(cache = "titles")
        public String title(long id) {
            return titled("title");
        }

        private String titled(String title) {
            CALLS.add("load");
            if (isBroken) {
                throw new IllegalStateException("no database");
            }
            return title;
        }

        @Lenient
        @PutConnection(cache = "titles")
        public String rename(@CacheKey long id, String title) {
            return titled(title);
        }
    }

    private static RunningContainer titles() {
        return new RunningContainer(Titles.class, MakesUp.class, Masks.class);
    }

    @Test
    void lookup_interceptorMakesAnAnswerUp_keepsIt() {
        try (RunningContainer container = titles()) {
            Titles titles = container.bean(Titles.class);
            titles.isBroken(true);
            assertThat(titles.title(1)).isEqualTo(" sees made up");
            titles.isBroken(false);

            user = "ann";
            assertThat(titles.title(1)).isEqualTo("ann sees title");
            user = "bob";
            assertThat(titles.title(1)).isEqualTo("bob sees title");
            assertThat(CALLS).hasSize(2);
        }
    }

    @Test
    void put_interceptorMakesAnAnswerUp_onlyEvicts() {
        try (RunningContainer container = titles()) {
            Titles titles = container.bean(Titles.class);
            titles.title(1);
            titles.isBroken(true);
            assertThat(titles.rename(1, "new")).isEqualTo(" sees made up");

            assertThat(container.stored("titles:1")).isNull();
        }
    }

    @Test
    void put_interceptorChangesTheResult_putsWhatTheMethodReturned() {
        try (RunningContainer container = titles()) {
            Titles titles = container.bean(Titles.class);
            user = "ann";
            assertThat(titles.rename(1, "new")).isEqualTo("ann sees new");

            assertThat(titles.title(1)).isEqualTo("ann sees new");
            assertThat(CALLS).hasSize(1);
        }
    }

    @ApplicationScoped
    static class ItsOwn extends Authorization implements Salaries {

        @Override
        @CachedConnection(cache = "salaries")
        public String salary(String name) {
            return load(name);
        }
    }

    @Decorator
    @Priority(Interceptor.Priority.APPLICATION)
    static class Decorating implements Salaries {

        @Inject
        @Any
        @Delegate
        Salaries salaries;

        @Override
        public String salary(String name) {
            return new Authorization() + salaries.salary(name);
        }
    }

    @AdminOnly
    @Interceptor
    static class OfBeansXml extends Authorization {}

    private static String refusal(Weld weld) {
        StringBuilder said = new StringBuilder();
        Throwable refusal = catchThrowable(() -> weld.disableDiscovery()
                .addExtensions(new FullExtension())
                .initialize()
                .close());
        for (Throwable cause = Said.thrown(Objects.requireNonNull(refusal)); cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        return said.toString();
    }

    @Test
    void deployment_aroundInvokeOfTheBean_isRefused() {
        assertThat(refusal(new Weld().addBeanClasses(ItsOwn.class)))
                .contains(
                        "CC-0161 ItsOwn.salary(String)", "ItsOwn.check(InvocationContext) (declared in Authorization)");
    }

    @Test
    void deployment_decoratedLookup_isRefused() {
        assertThat(refusal(new Weld().addBeanClasses(ByClassOfInterceptor.class, Decorating.class)))
                .contains("CC-0163 ByClassOfInterceptor.salary(String) is decorated by Decorating");
    }

    @Test
    void deployment_interceptorOfBeansXml_isRefused() {
        assertThat(refusal(new Weld()
                        .addBeanClasses(OnMethod.class, OfBeansXml.class)
                        .addInterceptor(OfBeansXml.class)))
                .contains("CC-0162 OnMethod.salary(String) is intercepted by OfBeansXml");
    }

    @Test
    void lookup_refusedByAnInterceptor_neverReachesTheMethod() {
        try (RunningContainer container = new RunningContainer(OnMethod.class, AdminOnlyInterceptor.class)) {
            user = "guest";

            assertThatThrownBy(() -> container.bean(OnMethod.class).salary("ann"))
                    .isInstanceOf(SecurityException.class);
            assertThat(CALLS).isEmpty();
        }
    }
}
