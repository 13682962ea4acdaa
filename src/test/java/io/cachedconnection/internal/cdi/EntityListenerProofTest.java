package io.cachedconnection.internal.cdi;

import org.junit.jupiter.api.Tag;

/** The combinations that {@link EntityListenerTest} leaves out of the fast tier. */
@Tag("proof")
class EntityListenerProofTest extends EntityListenerTest {}
