package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.method.OtherInterceptors;
import io.cachedconnection.testing.ScannedLog;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
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
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A binding that only brings ours along. */
    @CachedConnection(cache = "salaries")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Remembered {}

    @ApplicationScoped
    static class OnBindingThatCarriesOurs implements Salaries {

        @Override
        @Remembered
        @Transactional
        public String salary(String name) {
            return load(name);
        }
    }

    @Remembered
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class RememberedInterceptor extends Authorization {}

    @Test
    void lookup_bindingCarriesOurs_beginsNoTransactionForAHit() {
        try (RunningContainer container = new RunningContainer(OnBindingThatCarriesOurs.class, Begins.class)) {
            container.bean(OnBindingThatCarriesOurs.class).salary("ann");
            container.bean(OnBindingThatCarriesOurs.class).salary("ann");

            assertThat(CALLS).containsExactly("begin", "load");
        }
    }

    @Test
    void lookup_bindingCarriesOursAndHasAnInterceptor_isAuthorizedForAHitToo() {
        try (RunningContainer container =
                new RunningContainer(OnBindingThatCarriesOurs.class, RememberedInterceptor.class)) {
            Salaries salaries = container.bean(OnBindingThatCarriesOurs.class);

            assertThat(answer(salaries, "admin")).isEqualTo("ann 100000");
            assertThat(answer(salaries, "guest")).isEqualTo("not for guest");
        }
    }

    @Test
    void mayIntercept_bindingCarriesOurs_saysSo() throws Exception {
        assertThat(OtherInterceptors.mayIntercept(OnBindingThatCarriesOurs.class))
                .containsExactly(OnBindingThatCarriesOurs.class.getDeclaredMethod("salary", String.class));
        assertThat(OtherInterceptors.mayIntercept(OnlyTransactional.class)).isEmpty();
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

    /** The application's own for annotations whose usual interceptors do no harm. */
    @Transactional
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class OwnOfTransactional extends Authorization {}

    @CachedConnection
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class OwnOfOurs extends Authorization {}

    @ApplicationScoped
    static class Reports {

        @Transactional
        @CachedConnection(cache = "reports")
        public String report(String name) {
            return load(name);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnOfTransactional.class, OwnOfOurs.class})
    void hit_interceptorOfTheApplicationOnAHarmlessAnnotation_isAuthorized(Class<?> interceptor) {
        try (RunningContainer container = new RunningContainer(Reports.class, interceptor)) {
            Reports reports = container.bean(Reports.class);
            user = "admin";
            assertThat(reports.report("a")).isEqualTo("a 100000");
            user = "guest";
            assertThatThrownBy(() -> reports.report("a")).isInstanceOf(SecurityException.class);
            user = "admin";
            assertThat(reports.report("a")).isEqualTo("a 100000");
            assertThat(CALLS).hasSize(1);
        }
    }

    /** Changes the parameters, as one that normalises names does, or one that puts the tenant before them. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lowered {}

    @Lowered
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class Lowers {

        @AroundInvoke
        Object lower(InvocationContext call) throws Exception {
            Object[] parameters = call.getParameters();
            parameters[0] = ((String) parameters[0]).toLowerCase(Locale.ROOT);
            call.setParameters(parameters);
            return call.proceed();
        }
    }

    @Lowered
    @ApplicationScoped
    static class Nicknames {

        private String nickname = "old";

        @CachedConnection(cache = "nicknames")
        public String of(String name) {
            CALLS.add("load " + name);
            return nickname;
        }

        @EvictConnection(cache = "nicknames")
        public void change(@CacheKey String name, String changed) {
            nickname = changed;
        }

        @PutConnection(cache = "nicknames")
        public String put(@CacheKey String name, String changed) {
            nickname = changed;
            return changed;
        }
    }

    @Test
    void write_interceptorChangesTheParameters_evictsWhatTheLookupKeeps() {
        try (RunningContainer container = new RunningContainer(Nicknames.class, Lowers.class)) {
            Nicknames nicknames = container.bean(Nicknames.class);
            assertThat(nicknames.of("Ann")).isEqualTo("old");
            assertThat(nicknames.of("ANN")).isEqualTo("old");
            assertThat(CALLS).containsExactly("load ann");

            nicknames.change("Ann", "new");
            assertThat(nicknames.of("Ann")).isEqualTo("new");
            nicknames.put("ANN", "newer");
            assertThat(nicknames.of("Ann")).isEqualTo("newer");
            assertThat(container.stored("nicknames:ANN")).isNull();
        }
    }

    /** Tries once more, whatever came of the first attempt. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Twice {}

    @Twice
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_AFTER + 20)
    static class TriesTwice {

        @AroundInvoke
        Object twice(InvocationContext call) throws Exception {
            call.proceed();
            return call.proceed();
        }
    }

    /** Writes whose keys need their results, or that are tried more than once. */
    @ApplicationScoped
    static class Pages {

        private final List<Supplier<String>> attempts = new ArrayList<>();

        void attempts(List<Supplier<String>> next) {
            attempts.clear();
            attempts.addAll(next);
        }

        private String attempt() {
            return attempts.remove(0).get();
        }

        @CachedConnection(cache = "pages")
        public String page(String key) {
            CALLS.add("load " + key);
            return "old";
        }

        @CachedConnection(cache = "other-pages")
        public String other(String key) {
            CALLS.add("load other " + key);
            return "old";
        }

        @Lenient
        @EvictConnection(cache = "pages", key = "{result}")
        public String evict() {
            return attempt();
        }

        @Lenient
        @EvictConnection(cache = "pages", key = "{result}")
        @EvictConnection(cache = "other-pages", key = "{result}")
        public String evictBoth() {
            return attempt();
        }

        @Lenient
        @PutConnection(cache = "pages", key = "{result}")
        @EvictConnection(cache = "other-pages", key = "{result}")
        public String putAndEvict() {
            return attempt();
        }

        @Twice
        @Lenient
        @PutConnection(cache = "pages")
        public String put(@CacheKey String key) {
            return attempt();
        }

        @Twice
        @PutConnection(cache = "pages", key = "{result}")
        public String putResult() {
            return attempt();
        }
    }

    private static RunningContainer pages() {
        RunningContainer container = new RunningContainer(Pages.class, MakesUp.class, Masks.class, TriesTwice.class);
        Stream.of("1", "2").forEach(key -> {
            container.bean(Pages.class).page(key);
            container.bean(Pages.class).other(key);
        });
        CALLS.clear();
        return container;
    }

    private static String failing() {
        throw new IllegalStateException("no database");
    }

    static Stream<Function<Pages, String>> writesOfResults() {
        return Stream.of(Pages::evict, Pages::evictBoth, Pages::putAndEvict);
    }

    @ParameterizedTest
    @MethodSource("writesOfResults")
    void writeOfItsResult_interceptorChangesTheResult_usesWhatTheMethodReturned(Function<Pages, String> write) {
        try (RunningContainer container = pages()) {
            Pages pages = container.bean(Pages.class);
            user = "ann";
            pages.attempts(List.of(() -> "1"));
            assertThat(write.apply(pages)).isEqualTo("ann sees 1");

            Stream.of("1", "2").forEach(pages::page);
            assertThat(CALLS).containsExactly("load 1");
        }
    }

    @ParameterizedTest
    @MethodSource("writesOfResults")
    void writeOfItsResult_interceptorHidesAFailure_evictsTheWholeCache(Function<Pages, String> write) {
        try (RunningContainer container = pages()) {
            Pages pages = container.bean(Pages.class);
            pages.attempts(List.of(OtherInterceptorsTest::failing));
            assertThat(write.apply(pages)).isEqualTo(" sees made up");

            Stream.of("1", "2").forEach(pages::page);
            assertThat(CALLS).containsExactly("load 1", "load 2");
        }
    }

    @Test
    void writeOfSeveralResults_interceptorHidesAFailure_evictsAllTheirCaches() {
        try (RunningContainer container = pages()) {
            Pages pages = container.bean(Pages.class);
            pages.attempts(List.of(OtherInterceptorsTest::failing));
            pages.evictBoth();

            pages.other("1");
            assertThat(CALLS).containsExactly("load other 1");
        }
    }

    @Test
    void put_firstAttemptSucceedsAndTheLastOneFails_keepsNothing() {
        try (RunningContainer container = pages()) {
            Pages pages = container.bean(Pages.class);
            pages.attempts(List.of(() -> "of the first attempt", OtherInterceptorsTest::failing));
            pages.put("1");

            assertThat(container.stored("pages:1")).isNull();
        }
    }

    @Test
    void put_attemptsWithDifferentKeys_keepsTheLastResultOnly() {
        try (RunningContainer container = pages()) {
            Pages pages = container.bean(Pages.class);
            pages.attempts(List.of(() -> "1", () -> "2"));
            pages.putResult();

            Stream.of("1", "2").forEach(pages::page);
            assertThat(CALLS).contains("load 1");
            assertThat(pages.page("1")).isEqualTo("old");
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
                .addExtensions(new PortableExtension())
                .initialize()
                .close());
        for (Throwable cause = ScannedLog.thrown(Objects.requireNonNull(refusal));
                cause != null;
                cause = cause.getCause()) {
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

    /** Makes two beans of one class, and others intercept one of them. */
    record Doubling(List<Boolean> secured) implements Extension {

        void add(@Observes BeforeBeanDiscovery types) {
            secured.forEach(isSecured -> {
                AnnotatedTypeConfigurator<?> twin =
                        types.addAnnotatedType(OnlyTransactional.class, "twin " + isSecured);
                if (isSecured) {
                    twin.add(new Securing.AdminOnlyLiteral());
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deployment_oneOfTwoBeansOfAClassIsIntercepted_isRefusedInEachOrder(boolean first) {
        assertThat(refusal(new Weld()
                        .addExtensions(new Doubling(List.of(first, !first)))
                        .addBeanClasses(OfBeansXml.class)
                        .addInterceptor(OfBeansXml.class)))
                .contains("CC-0162 OnlyTransactional.salary(String) is intercepted by OfBeansXml");
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
