package io.cachedconnection.outages;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Servers that are well, and what is to befall them.
 *
 * @param place where an application finds them
 * @param access how it gets in
 * @param strike makes the fault begin; it may last
 * @param end ends the fault; does nothing for one that is over by itself
 * @param servers what is to be closed, the last first
 */
record Scene(Endpoint place, ConnectionSettings access, Act strike, Act end, List<? extends Closeable> servers)
        implements Closeable {

    static final ConnectionSettings IN_THE_CLEAR = new ConnectionSettings(Credentials.NONE, null, 0, null);
    static final Act NOTHING = () -> {};

    /** Something that is done to servers. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    /** One server at {@code port}, in the clear, without a password. */
    static Scene at(int port, Act strike, Act end, Closeable... servers) {
        return new Scene(server(port), IN_THE_CLEAR, strike, end, List.of(servers));
    }

    static Endpoint server(int port) {
        return new Endpoint.ServerEndpoint(new HostPort(RedisProcess.HOST, port));
    }

    @Override
    public void close() throws IOException {
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).close();
        }
    }
}
