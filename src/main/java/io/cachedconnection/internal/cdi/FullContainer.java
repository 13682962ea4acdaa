package io.cachedconnection.internal.cdi;

import jakarta.enterprise.inject.spi.CDI;

/**
 * Tells containers of full CDI, which deploy an application where it runs, from those of CDI Lite, which may do so when it is
 * built: on another machine, with other settings and files.
 */
final class FullContainer {

    private FullContainer() {}

    /** Whether one of full CDI deploys the application. */
    static boolean isHere() {
        try {
            CDI.current().getBeanManager().createAnnotatedType(Object.class);
            return true;
        } catch (IllegalStateException | UnsupportedOperationException e) {
            return false; // there is none yet, or it has no portable extensions, for which this method is
        }
    }
}
