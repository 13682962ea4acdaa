package io.cachedconnection.outages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Commands for servers, each on a connection of its own, as an operator gives them. */
final class Ask {

    private Ask() {}

    /** Its answer as text; the words of a list are separated by spaces. */
    static String server(int port, String... words) {
        try (Connection connection = new Connection(RedisProcess.HOST, port)) {
            return text(told(connection, words));
        }
    }

    /** The same where a password is asked for. */
    static String server(int port, String password, List<String> words) {
        try (Connection connection = new Connection(RedisProcess.HOST, port)) {
            told(connection, "AUTH", password);
            return text(told(connection, words.toArray(String[]::new)));
        }
    }

    private static Object told(Connection connection, String... words) {
        ProtocolCommand command = () -> words[0].getBytes(US_ASCII);
        CommandArguments all = new CommandArguments(command);
        Arrays.stream(words).skip(1).forEach(all::add);
        return connection.executeCommand(all);
    }

    /** Whether something that speaks the protocol is there, whatever it says. */
    static boolean isAnswered(int port) {
        try {
            server(port, "PING");
            return true;
        } catch (JedisDataException e) {
            return true;
        } catch (JedisConnectionException e) {
            return false;
        }
    }

    private static String text(Object answer) {
        if (answer instanceof byte[] bytes) {
            return new String(bytes, US_ASCII);
        }
        if (answer instanceof List<?> list) {
            return String.join(" ", list.stream().map(Ask::text).toList());
        }
        return String.valueOf(answer);
    }
}
