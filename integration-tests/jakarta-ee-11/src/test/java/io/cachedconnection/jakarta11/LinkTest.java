package io.cachedconnection.jakarta11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cachedconnection.CachedConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that the library's classes use of Jakarta and MicroProfile is there. */
class LinkTest {

    private static JavaClasses library;

    @BeforeAll
    static void read() throws Exception {
        Path jar = Path.of(CachedConnection.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(jar).as("the library as it was built").isRegularFile().hasExtension("jar");
        try (JarFile file = new JarFile(jar.toFile())) {
            library = new ClassFileImporter().importJar(file);
        }
        assertThat(library).hasSizeGreaterThan(200);
    }

    private static boolean isOfServer(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return name.startsWith("jakarta.") || name.startsWith("org.eclipse.microprofile.");
    }

    @Test
    void classPath_isThatOfJakartaEE11() {
        assertThatCode(() -> Class.forName("jakarta.enterprise.invoke.Invoker")) // new in CDI 4.1
                .doesNotThrowAnyException();
        assertThatCode(() -> Class.forName("jakarta.data.repository.Repository")) // new in Jakarta EE 11
                .doesNotThrowAnyException();
    }

    @Test
    void classes_areLoadedAndVerified() {
        assertThat(library.stream()
                        .filter(type -> !type.getSimpleName().equals("WeldJunitTests"))) // no server loads it
                .allSatisfy(type -> assertThatCode(() -> members(Class.forName(type.getName())))
                        .doesNotThrowAnyException());
    }

    private static int members(Class<?> loaded) {
        return loaded.getDeclaredMethods().length
                + loaded.getDeclaredFields().length
                + loaded.getDeclaredConstructors().length;
    }

    @Test
    void typesOfTheServer_areThere() {
        List<JavaClass> used = library.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(LinkTest::isOfServer)
                .distinct()
                .toList();

        assertThat(used)
                .hasSizeGreaterThan(50)
                .allSatisfy(type -> assertThatCode(
                                () -> Class.forName(type.getName(), false, LinkTest.class.getClassLoader()))
                        .doesNotThrowAnyException());
    }

    @Test
    void methodsAndFieldsOfTheServer_areThere() {
        List<AccessTarget> used = library.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .<AccessTarget>map(JavaAccess::getTarget)
                .filter(target -> isOfServer(target.getOwner()))
                .distinct()
                .toList();

        assertThat(used)
                .hasSizeGreaterThan(80)
                .allSatisfy(target -> assertThat(target.resolveMember())
                        .as(target.getFullName())
                        .isPresent());
    }
}
