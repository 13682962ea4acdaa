package io.cachedconnection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitReference;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Up to Java 23 a virtual thread that waits inside a monitor keeps its carrier from all others. So the library waits for
 * nothing inside one: what a synchronized method calls, however deep, neither waits nor talks to Redis. The same goes for
 * what a {@code ConcurrentHashMap} computes, which holds a monitor, too.
 */
class MonitorsTest {

    private static final Pattern BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");
    private static final Pattern COMPUTING = Pattern.compile("compute(IfAbsent|IfPresent)?|merge");

    /** Calls that wait, or may. */
    private static final Pattern WAITING = Pattern.compile("redis\\.clients\\.jedis\\.Connection\\.\\w+"
            + "|java\\.net\\.Socket\\.(connect|getInputStream|getOutputStream)"
            + "|java\\.(io\\.InputStream\\.read|io\\.OutputStream\\.write|nio\\.channels\\.SocketChannel\\.(read|write|connect))\\w*"
            + "|java\\.lang\\.Thread\\.(sleep|join)|java\\.lang\\.Object\\.wait"
            + "|java\\.util\\.concurrent\\.(TimeUnit\\.sleep|locks\\.LockSupport\\.park\\w*|locks\\.Condition\\.await\\w*)"
            + "|java\\.util\\.concurrent\\.(Future|CompletableFuture)\\.(get|join)"
            + "|java\\.util\\.concurrent\\.(CountDownLatch\\.await|BlockingQueue\\.(put|take)"
            + "|ExecutorService\\.(awaitTermination|invoke\\w+))");

    private static JavaClasses library;
    private static JavaClasses jedis;

    @BeforeAll
    static void read() {
        library = new ClassFileImporter()
                .withImportOption(new ArchitectureTest.OnlyTheLibrary())
                .importPackages("io.cachedconnection");
        jedis = new ClassFileImporter()
                .importClasses(
                        redis.clients.jedis.Connection.class,
                        redis.clients.jedis.Protocol.class,
                        redis.clients.jedis.CommandArguments.class,
                        redis.clients.jedis.util.RedisInputStream.class,
                        redis.clients.jedis.util.RedisOutputStream.class);
    }

    /** Of blocks the byte code that is looked at here does not tell. */
    @Test
    void library_hasNoSynchronizedBlocks() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")
                            && BLOCK.matcher(text(file)).find()))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void synchronizedMethods_waitForNothing() {
        List<JavaMethod> monitors = library.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                .toList();

        assertThat(monitors).isNotEmpty();
        assertThat(monitors)
                .allSatisfy(monitor ->
                        assertThat(waits(monitor.getAccessesFromSelf())).isEmpty());
    }

    @Test
    void whatMapsCompute_waitsForNothing() {
        List<JavaCodeUnit> computing = library.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getCallsFromSelf().stream()
                        .anyMatch(call ->
                                COMPUTING.matcher(call.getTarget().getName()).matches()
                                        && call.getTarget().getOwner().isAssignableTo(java.util.Map.class)))
                .toList();

        assertThat(computing).isNotEmpty();
        assertThat(computing)
                .allSatisfy(unit -> assertThat(waits(unit.getAccessesFromSelf().stream()
                                .filter(JavaAccess::isDeclaredInLambda)
                                .toList()))
                        .isEmpty());
    }

    /** By these the library talks to Redis. */
    @Test
    void jedis_holdsNoMonitorWhileItWaits() {
        assertThat(jedis.stream().flatMap(type -> type.getMethods().stream()))
                .noneMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED));
    }

    /** The check finds a wait behind calls, interfaces and lambdas. */
    @Test
    void recover_waitsForRedis() {
        JavaMethod recover = library.get("io.cachedconnection.internal.engine.Engine").getMethods().stream()
                .filter(method -> method.getName().equals("recover"))
                .findFirst()
                .orElseThrow();

        assertThat(waits(recover.getAccessesFromSelf()))
                .anyMatch(wait -> wait.contains("LockSupport.park"))
                .anyMatch(wait -> wait.contains("jedis.Connection"));
    }

    /** The waiting calls that {@code accesses} lead to, by way of the library's own code and all that implements what it calls. */
    private static Set<String> waits(Collection<? extends JavaAccess<?>> accesses) {
        Set<String> waits = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Deque<JavaAccess<?>> left = new ArrayDeque<>(accesses);
        while (!left.isEmpty()) {
            JavaAccess<?> access = left.pop();
            AccessTarget target = access.getTarget();
            Stream.concat(Stream.of(target.getOwner()), target.getOwner().getAllRawInterfaces().stream())
                    .map(owner -> owner.getName() + "." + target.getName())
                    .filter(call -> WAITING.matcher(call).matches())
                    .forEach(
                            call -> waits.add(call + " in " + access.getOrigin().getFullName()));
            if (target.getOwner().getName().startsWith("io.cachedconnection.") && seen.add(target.getFullName())) {
                implementations(target)
                        .flatMap(unit -> unit.getAccessesFromSelf().stream().filter(each -> !isKept(unit, each)))
                        .forEach(left::add);
            }
        }
        return waits;
    }

    /** A constructor keeps its lambdas for later. */
    private static boolean isKept(JavaCodeUnit unit, JavaAccess<?> access) {
        return unit instanceof JavaConstructor
                && (access.isDeclaredInLambda() || access instanceof JavaCodeUnitReference);
    }

    private static Stream<JavaCodeUnit> implementations(AccessTarget target) {
        JavaClass owner = target.getOwner();
        return Stream.concat(
                        Stream.concat(Stream.of(owner), owner.getAllRawSuperclasses().stream()),
                        owner.getAllSubclasses().stream())
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getName().equals(target.getName()));
    }
}
