package io.cachedconnection.internal.cdi;

import org.junit.jupiter.api.Tag;

/** The combinations that {@link EntityListenerTest} leaves out of the fast tier. */
@Tag("proof")
class EntityListenerProofTest extends EntityListenerTest {

    /** Is no test here: the warning comes once a minute in a JVM, and may have come in the other class. */
    @Override
    void write_noContainer_goesOnAndIsSaid(Provider with) {}
}
