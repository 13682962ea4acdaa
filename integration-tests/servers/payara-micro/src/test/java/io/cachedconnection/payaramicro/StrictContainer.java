package io.cachedconnection.payaramicro;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Payara Micro, which goes on without an application that it refuses. The adapter takes that for a deployment, and leaves the
 * server running, on the port that the next one needs. This one says that the application was refused, and ends the server
 * before the next one; until then it can be asked.
 */
public final class StrictContainer extends PayaraMicroDeployableContainer {

    private @Nullable Archive<?> refused;

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        endServerWithoutApplication();
        refused = archive;
        ProtocolMetaData deployed = super.deploy(archive);
        if (isEmpty(deployed)) {
            throw new DeploymentException("The server started without " + archive.getName() + "; its log says why.");
        }
        refused = null;
        return deployed;
    }

    private void endServerWithoutApplication() throws DeploymentException {
        if (refused != null) {
            undeploy(refused);
            refused = null;
        }
    }

    private static boolean isEmpty(ProtocolMetaData deployed) {
        return deployed.getContexts(HTTPContext.class).stream()
                .allMatch(context -> context.getServlets().isEmpty());
    }
}
