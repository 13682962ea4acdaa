package io.cachedconnection.internal.cdi;

import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldJunitEnricher;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Adds this library to the containers of Weld-JUnit, which do not search for extensions. Weld-JUnit finds this class as a
 * service, for tests without a {@code WeldInitiator} of their own. No other class refers to it, so it is loaded only with
 * Weld-JUnit.
 */
public final class WeldJunitTests implements WeldJunitEnricher {

    @Override
    public void enrich(Object test, ExtensionContext context, Weld weld, WeldInitiator.Builder builder) {
        weld.addExtension(new PortableExtension());
    }
}
