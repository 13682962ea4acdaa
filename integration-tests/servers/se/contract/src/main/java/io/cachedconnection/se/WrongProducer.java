package io.cachedconnection.se;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/** Makes something that is not intercepted; no bean unless a test makes it one. */
public class WrongProducer {

    @Produces
    @Dependent
    public Wrong wrong() {
        return new Wrong();
    }
}
