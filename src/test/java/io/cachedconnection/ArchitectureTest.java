package io.cachedconnection;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import jakarta.enterprise.inject.Stereotype;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rooms and the arrows between them, as docs/internals/architecture.md draws them. */
@AnalyzeClasses(packages = "io.cachedconnection", importOptions = ArchitectureTest.OnlyTheLibrary.class)
class ArchitectureTest {

    /** ArchUnit's own option knows {@code target/test-classes} only, and there is one for each kind of build. */
    static final class OnlyTheLibrary implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String ROOT = "io.cachedconnection";
    private static final String COMMON = ROOT + ".internal.common";
    private static final String ENDPOINT = ROOT + ".internal.endpoint";
    private static final String ENGINE = ROOT + ".internal.engine";
    private static final String STORE = ENGINE + ".store";
    private static final String NEAR = ENGINE + ".near";
    private static final String WRITE = ENGINE + ".write";
    private static final String READ = ENGINE + ".read";
    private static final String PROFILE = ROOT + ".internal.profile";
    private static final String TYPES = ROOT + ".internal.types";
    private static final String JDK = "java..";
    private static final String CAFFEINE = "com.github.benmanes.caffeine..";
    private static final String OPEN_TELEMETRY = "io.opentelemetry..";
    private static final String MICROMETER = "io.micrometer..";
    private static final String OPERATIONS = ROOT + ".internal.operations";
    private static final String[] WELD_JUNIT = {"org.jboss.weld..", "org.junit.."};
    private static final String NULLNESS = "org.jspecify..";

    private static ArchRule room(String name, String... mayAlsoSee) {
        String own = ROOT + name + (name.isEmpty() ? "" : "..");
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(own, JDK, NULLNESS).or(resideInAnyPackage(mayAlsoSee)))
                .as("the room " + own + " sees only what it may");
    }

    @ArchTest
    static final ArchRule root = room(
            "",
            ROOT + ".internal.message",
            "jakarta.enterprise.util..",
            "jakarta.interceptor..",
            "jakarta.persistence");

    @ArchTest
    static final ArchRule provider = room(".provider", ROOT, ROOT + ".internal.message");

    @ArchTest
    static final ArchRule common = room(".internal.common");

    @ArchTest
    static final ArchRule endpoint = room(".internal.endpoint");

    @ArchTest
    static final ArchRule engine = room(".internal.engine", COMMON, PROFILE, ROOT + ".internal.message", CAFFEINE);

    @ArchTest
    static final ArchRule store = room(".internal.engine.store", COMMON, PROFILE);

    @ArchTest
    static final ArchRule nearCache = room(".internal.engine.near", STORE, COMMON, CAFFEINE);

    @ArchTest
    static final ArchRule write = room(".internal.engine.write", STORE, COMMON, ROOT + ".internal.message");

    @ArchTest
    static final ArchRule read = room(".internal.engine.read", STORE, NEAR, WRITE, COMMON, ROOT + ".internal.message");

    @ArchTest
    static final ArchRule profile = room(".internal.profile");

    @ArchTest
    static final ArchRule types = room(".internal.types", PROFILE);

    @ArchTest
    static final ArchRule providerConnections = room(
            ".internal.provider",
            PROFILE,
            STORE,
            READ,
            ENGINE,
            COMMON,
            ROOT + ".internal.json",
            ROOT + ".internal.access",
            ROOT + ".internal.message",
            ROOT,
            ROOT + ".provider",
            "jakarta.json..");

    @ArchTest
    static final ArchRule onlyTheirProfileKnowsProviderConnections = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".provider",
                    ROOT + ".internal.provider",
                    ROOT + ".internal.cdi") // which makes their cache a bean
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT + ".provider", ROOT + ".internal.provider"))
            .because("generic code asks CacheProfiles");

    @ArchTest
    static final ArchRule message = room(".internal.message");

    @ArchTest
    static final ArchRule redis = room(".internal.redis", STORE, ENDPOINT, COMMON, "redis.clients..", "javax.net..");

    @ArchTest
    static final ArchRule memory = room(".internal.memory", STORE);

    @ArchTest
    static final ArchRule jedisIsBehindOneClass = noClasses()
            .that(not(nameMatching(".*\\.JedisConnection(\\$.*)?")))
            .should()
            .dependOnClassesThat(
                    resideInAPackage("redis.clients..").and(not(resideInAPackage("redis.clients.jedis.exceptions"))))
            .because("other parts of Jedis differ between its versions");

    @ArchTest
    static final ArchRule caffeineIsBehindOneClass = noClasses()
            .that(not(nameMatching(".*\\.CaffeineStores(\\$.*)?")))
            .should()
            .dependOnClassesThat(resideInAPackage(CAFFEINE))
            .because("an application without a near cache need not have it");

    @ArchTest
    static final ArchRule weldJunitIsBehindOneClass = noClasses()
            .that(not(nameMatching(".*\\.WeldJunitTests")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(WELD_JUNIT))
            .because("only tests of applications have it");

    @ArchTest
    static final ArchRule tls = room(".internal.tls", ENDPOINT, "javax.net..", "javax.security.auth.x500");

    @ArchTest
    static final ArchRule json = room(".internal.json", STORE, TYPES, PROFILE, ROOT, "jakarta.json..");

    @ArchTest
    static final ArchRule envelope = room(".internal.envelope", STORE, COMMON, "javax.crypto..");

    @ArchTest
    static final ArchRule config = room(
            ".internal.config",
            STORE,
            ENDPOINT,
            COMMON,
            PROFILE,
            ROOT + ".internal.message",
            ROOT + ".internal.tls",
            "javax.crypto..",
            "org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule method = room(
            ".internal.method",
            STORE,
            COMMON,
            PROFILE,
            TYPES,
            ROOT + ".internal.message",
            ROOT,
            "jakarta.enterprise.inject",
            "jakarta.interceptor");

    @ArchTest
    static final ArchRule telemetry = room(
            ".internal.telemetry",
            OPERATIONS,
            STORE,
            WRITE,
            READ,
            ENDPOINT,
            COMMON,
            ROOT + ".internal.message",
            "javax.management..",
            OPEN_TELEMETRY,
            MICROMETER);

    @ArchTest
    static final ArchRule openTelemetryIsOptional = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".internal.telemetry.opentelemetry")
            .and(not(nameMatching(".*\\.MetricsBeans\\$OfOpenTelemetry")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(OPEN_TELEMETRY, ROOT + ".internal.telemetry.opentelemetry"))
            .because("not every server has it");

    @ArchTest
    static final ArchRule micrometerIsOptional = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".internal.telemetry.micrometer")
            .and(not(nameMatching(".*\\.MetricsBeans\\$OfMicrometer")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(MICROMETER, ROOT + ".internal.telemetry.micrometer"))
            .because("not every server has it");

    @ArchTest
    static final ArchRule healthIsOptional = noClasses()
            .that(not(nameMatching(".*\\.cdi\\.ReadinessCheck(\\$.*)?")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse.microprofile.health.."))
            .because("not every server has it");

    @ArchTest
    static final ArchRule operations = room(".internal.operations", ENGINE, STORE, NEAR, WRITE, READ, COMMON, ROOT);

    @ArchTest
    static final ArchRule console = room(
            ".internal.console",
            ROOT + ".internal.operations",
            ROOT + ".internal.config",
            STORE,
            WRITE,
            READ,
            COMMON,
            ROOT + ".internal.message",
            ROOT,
            "javax.crypto..",
            "jakarta.json..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule servletsAreOfTheConsole = noClasses()
            .that(not(resideInAPackage(ROOT + ".internal.console")))
            .and(not(nameMatching(".*\\.ConsoleInitializer")))
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.servlet.."))
            .because("an application without servlets need not have them");

    @ArchTest
    static final ArchRule access =
            room(".internal.access", ENGINE, STORE, WRITE, READ, COMMON, ROOT + ".internal.message", ROOT);

    @ArchTest
    static final ArchRule transaction = room(".internal.transaction", STORE, WRITE, ROOT, "jakarta.transaction..");

    @ArchTest
    static final ArchRule nobodySeesTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".internal.cdi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".internal.cdi..");

    @ArchTest
    static final ArchRule injectionIsWiring = noClasses()
            .that(not(resideInAnyPackage(ROOT + ".internal.cdi..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.inject..", "jakarta.enterprise.inject..")
                    .and(not(type(Stereotype.class)))); // what CDI looks for in annotations is no wiring

    @ArchTest
    static final ArchRule noRoomsInACircle = SlicesRuleDefinition.slices()
            .matching(ROOT + ".internal.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule theApiHasNoInsides = noClasses()
            .that(resideOutsideOfPackages(ROOT + ".internal.."))
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(ROOT + ".internal..").and(not(resideInAnyPackage(ROOT + ".internal.message"))))
            .because("of all inside, only the texts of its messages concern the API");

    /** Those of {@code javax} that belong to the JDK. */
    private static final String[] OF_JAVA = {
        "javax.annotation.processing..",
        "javax.crypto..",
        "javax.lang.model..",
        "javax.management..",
        "javax.naming..",
        "javax.net..",
        "javax.security.auth..",
        "javax.security.cert..",
        "javax.sql..",
        "javax.tools..",
        "javax.transaction.xa..",
        "javax.xml.."
    };

    @ArchTest
    static final ArchRule nothingOfJavaEE = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("javax..").and(not(resideInAnyPackage(OF_JAVA))))
            .because("Jakarta EE 10 and 11 have it under jakarta");

    @ArchTest
    static final ArchRule everyServerIsTheSame = classes()
            .that(not(nameMatching(".*\\.WeldJunitTests")))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ROOT + "..",
                    "java..",
                    "javax..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "redis.clients..",
                    CAFFEINE,
                    OPEN_TELEMETRY,
                    MICROMETER,
                    NULLNESS))
            .because("no server has the classes of another");

    @ArchTest
    static final ArchRule noStaticState =
            noFields().that().areStatic().should().notBeFinal().because("state has an owner");

    /** Classes that see each other in a circle, with those nested in them as one. None may come to them; each that goes is a gain. */
    private static final Set<Set<String>> CIRCLES = Set.of(
            Set.of("EvictConnections", "EvictConnection"), // an annotation that can be repeated
            Set.of("LookupKey", "Target", "KeySpace", "EntryKey"), // a sealed interface
            Set.of("PartFormat", "SimpleFormats", "PartText", "PropertyReading", "PartKind"),
            Set.of("Credentials", "Login"),
            Set.of("ScalarShape", "JsonValidator", "JsonShape"),
            Set.of("TimeoutAttribution", "PooledConnection", "Exchange"),
            Set.of("Topology", "ScriptRunner", "TrustedServers", "Server", "ScanEviction"),
            Set.of("InvalidationStream", "InvalidationStreams"));

    @ArchTest
    static void noFurtherClassesInACircle(JavaClasses classes) {
        Map<String, Set<String>> seen = new TreeMap<>();
        for (JavaClass each : classes) {
            Set<String> targets = seen.computeIfAbsent(outermost(each), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().forEach(arrow -> targets.add(outermost(arrow.getTargetClass())));
        }
        Map<String, Set<String>> reachable = new TreeMap<>();
        seen.keySet().forEach(name -> {
            Set<String> all = new TreeSet<>();
            Deque<String> pending = new ArrayDeque<>(seen.get(name));
            while (!pending.isEmpty()) {
                String next = pending.pop();
                if (all.add(next)) {
                    pending.addAll(seen.getOrDefault(next, Set.of()));
                }
            }
            reachable.put(name, all);
        });
        Set<Set<String>> circles = new HashSet<>();
        reachable.forEach((name, all) -> {
            Set<String> circle = all.stream()
                    .filter(other -> reachable.getOrDefault(other, Set.of()).contains(name))
                    .map(other -> other.substring(other.lastIndexOf('.') + 1))
                    .collect(Collectors.toSet());
            if (circle.size() > 1) {
                circles.add(circle);
            }
        });
        assertThat(circles).isEqualTo(CIRCLES);
    }

    private static String outermost(JavaClass type) {
        return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
    }
}
