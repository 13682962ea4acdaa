package io.cachedconnection.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application with wrong annotations: it is not even built, and all that is wrong is said. */
class RefusedBuildTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(WrongRepository.class))
            .overrideConfigKey("wrong", "true")
            .assertException(RefusedBuildTest::assertThatAllIsSaid);

    private static void assertThatAllIsSaid(Throwable refusal) {
        assertThat(refusal)
                .rootCause()
                .message()
                .contains("CC-0501 cached-connection cannot start: 5 problem(s).")
                .containsPattern("CC-0101 .*WrongRepository.touch")
                .containsPattern("CC-0106 .*WrongRepository.unknownName")
                .containsPattern("CC-0110 .*WrongRepository.noText")
                .containsPattern("CC-0111 .*WrongRepository.noKey")
                .containsPattern("CC-0113 .*WrongRepository.malformedTtl");
    }

    @Test
    void build_withWrongAnnotations_isRefusedWithAllOfThem() {
        fail("It was built.");
    }
}
