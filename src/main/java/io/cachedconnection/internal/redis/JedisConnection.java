package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.common.FreshBytes;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection of Jedis. Only this class uses parts of Jedis that may differ between its versions.
 *
 * <p>No reply is ever taken for the reply to another command. The Redis protocol does not say to which command a reply belongs,
 * so a duplicate or late reply would answer the next command. Therefore a PING with a unique mark follows the commands of each
 * write, and their replies count only when the mark has come back. For one thread, or for two of which one sends and the other
 * receives; one write at a time. Calls of Jedis that wait are written with {@code super}, by which MonitorsTest finds them.
 */
final class JedisConnection extends Connection {

    private static final Logger LOG = System.getLogger(JedisConnection.class.getName());
    private static final byte[] PING = Command.bytes("PING");

    private final BoundedReplies replies;
    private final CommandWords words = new CommandWords(); // used by the sender, like the next field
    private long marks =
            ByteBuffer.wrap(new FreshBytes().next(Long.BYTES)).getLong(); // each connection begins elsewhere
    private final List<Shared> shared = new ArrayList<>(); // of the write under way
    // Of the last write. Written before the commands are flushed, read when their replies are here.
    private volatile byte[] mark = {};
    private int leastBound; // the minimum limit for replies and pushes: a list of keys may be long

    private JedisConnection(Socket socket, InputStream in) {
        super(() -> socket);
        replies = new BoundedReplies(in);
    }

    /**
     * Logs in on the connected {@code socket}. Sends no HELLO: servers begin with RESP2, which suffices for everything but
     * invalidation streams (they send their own), so a connection is cheaper.
     */
    static JedisConnection on(Socket socket, ConnectionSettings settings) {
        try {
            JedisConnection connection = new JedisConnection(socket, socket.getInputStream());
            connection.logIn(settings);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void logIn(ConnectionSettings settings) {
        super.connect();
        Credentials credentials = settings.login().current();
        if (credentials.password() != null) {
            String password = credentials.password().text();
            askUnmarked(
                    credentials.username() == null
                            ? Command.of("AUTH", password)
                            : Command.of("AUTH", credentials.username(), password));
        }
        if (settings.clientName() != null) {
            try {
                askUnmarked(Command.of("CLIENT", "SETNAME", settings.clientName()));
            } catch (JedisDataException e) { // not permitted: the name only helps readers of the server's client list
                LOG.log(Level.DEBUG, "This user may not name its connections.");
            }
        }
        if (settings.database() > 0) {
            askUnmarked(Command.of("SELECT", settings.database()));
        }
    }

    /**
     * Uses every part of Jedis that this class needs, without a server. Fails, usually with a {@link LinkageError}, if the
     * application's Jedis lacks one or behaves differently.
     */
    static void rehearse() {
        String replies = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n:1\r\n-MOVED 1 127.0.0.1:1\r\n$999999\r\n";
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Socket answered = new Socket() {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(replies.getBytes(US_ASCII));
            }

            @Override
            public OutputStream getOutputStream() {
                return sent;
            }

            @Override
            public boolean isConnected() {
                return true;
            }

            @Override
            public boolean isBound() {
                return true;
            }
        };
        JedisConnection connection = on(answered, new ConnectionSettings(Credentials.NONE, null, 0, null));
        List<Object> pushed = new ArrayList<>();
        connection.onPush(pushed::add);
        connection.leastBound = 0;
        connection.sendMarked();
        String text = new String(connection.mark, US_ASCII);
        boolean isWell =
                sent.toString(US_ASCII).equals("*2\r\n$4\r\nPING\r\n$" + text.length() + "\r\n" + text + "\r\n")
                        && connection.received(Command.SHORT_REPLY).equals(1L)
                        && pushed.size() == 1
                        && slot(new byte[] {'a'}) == 15_495;
        try {
            connection.received(Command.SHORT_REPLY);
        } catch (JedisMovedDataException e) {
            isWell &= target(e).port() == e.getSlot();
            try {
                connection.received(Command.SHORT_REPLY);
            } catch (StoreException tooLong) {
                connection.close();
                if (isWell) {
                    return;
                }
            }
        }
        throw new IllegalStateException("It does not read replies as expected.");
    }

    /** Returns the slot of {@code key} in a cluster. */
    static int slot(byte[] key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** Returns the target of {@code redirection}; the host may be blank. */
    static HostPort target(JedisRedirectionException redirection) {
        @Nullable String host = redirection.getTargetNode().getHost();
        return new HostPort(
                host == null ? "" : host, redirection.getTargetNode().getPort());
    }

    /** Adds {@code command} to the next write. */
    void add(Command command) {
        words.all = command.words();
        super.sendCommand(words);
    }

    /** Adds {@code command} to the next write, unless it shares its reply with one that is there already. */
    void addOnce(Command command) {
        if (!command.isShared() || shared(command) == null) {
            add(command);
            if (command.isShared()) {
                shared.add(new Shared(command));
            }
        }
    }

    private @Nullable Shared shared(Command command) {
        for (int i = 0; i < shared.size(); i++) { // there are few
            if (shared.get(i).command.is(command)) {
                return shared.get(i);
            }
        }
        return null;
    }

    /** A command of the write under way whose reply serves several callers. */
    private static final class Shared {

        private final Command command;
        private @Nullable Object reply;
        private @Nullable JedisDataException refusal;
        private boolean isThere;

        Shared(Command command) {
            this.command = command;
        }
    }

    /** Returns the unconfirmed reply to {@code command}. Call it in the order in which the commands were sent. */
    @Nullable Object received(Command command) {
        @Nullable Shared common = command.isShared() ? shared(command) : null;
        if (common == null) {
            return received(command.mostOfReply());
        }
        if (!common.isThere) {
            common.isThere = true;
            try {
                common.reply = received(command.mostOfReply());
            } catch (JedisDataException e) {
                common.refusal = e;
            }
        }
        if (common.refusal != null) {
            throw common.refusal;
        }
        return common.reply;
    }

    /** Sends the commands added since the last time, followed by the mark. */
    void sendMarked() {
        byte[] next = Long.toHexString(marks++).getBytes(US_ASCII);
        mark = next;
        add(new Command(Command.SHORT_REPLY, PING, next));
        super.flush();
    }

    /** Returns the next unconfirmed reply, of at most {@code most} bytes. Consumes pushes meanwhile. */
    Object received(int most) {
        replies.left = Math.max(most, leastBound);
        return super.readProtocolWithCheckingBroken();
    }

    /** Reads replies from the bounded stream only, never from the one that Jedis created, so that no byte is in two buffers. */
    @Override
    protected Object protocolRead(RedisInputStream ignored, PushConsumerChain consumers) {
        return super.protocolRead(replies, consumers);
    }

    /**
     * Fails unless the mark comes next. A server that refuses everything, for example while loading, refuses the PING, too.
     * With {@code allWereRefused} that is as good as the mark, because no reply is a value.
     */
    void expectMark(boolean allWereRefused) {
        shared.clear();
        try {
            if (received(Command.SHORT_REPLY) instanceof byte[] found && Arrays.equals(found, mark)) {
                return;
            }
        } catch (JedisDataException refusal) {
            if (allWereRefused) {
                return;
            }
            throw RedisErrors.of(refusal);
        }
        throw new StoreException(Reason.GARBAGE, "an answer to something else");
    }

    /** Sends {@code command} alone. */
    void send(Command command) {
        add(command);
        sendMarked();
    }

    /** Returns the reply to a command that was sent alone. */
    Object answer() {
        Object reply;
        try {
            reply = received(Command.SHORT_REPLY);
        } catch (JedisDataException refusal) {
            expectMark(true);
            throw refusal;
        }
        expectMark(false);
        return reply;
    }

    /** Sends {@code command} alone, and waits for the reply. */
    Object ask(Command command) {
        send(command);
        return answer();
    }

    /** Sends {@code command} without a mark: a PING is refused before the login, and a Sentinel does not return its mark. */
    @Nullable Object askUnmarked(Command command) {
        add(command);
        replies.left = command.mostOfReply();
        return super.getOne();
    }

    /** Passes pushes of the server to {@code consumer}. A push that it rejects counts as a reply. */
    void onPush(Predicate<List<@Nullable Object>> consumer) {
        leastBound = Command.LONG_REPLY;
        addPushConsumer(push -> {
            replies.left = leastBound; // the next reply has its own limit
            List<@Nullable Object> parts = push.getMessage().getContent();
            if (parts != null && consumer.test(parts)) {
                push.drop();
            } else {
                push.propagate();
            }
            return push;
        });
    }

    /** The words of the command being written, in the form that Jedis takes. The objects are reused for each command. */
    private static final class CommandWords extends CommandArguments {

        private byte[][] all = {};
        private int read;
        private final Rawable current = () -> all[read - 1];
        private final Iterator<Rawable> iterator = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return read < all.length;
            }

            @Override
            public Rawable next() {
                read++;
                return current;
            }
        };

        CommandWords() {
            super(() -> PING); // never read
        }

        @Override
        public int size() {
            return all.length;
        }

        @Override
        public Iterator<Rawable> iterator() {
            read = 0;
            return iterator;
        }
    }

    /**
     * The stream from which Jedis reads replies. Jedis allocates as many bytes or elements as a reply announces, before they
     * have arrived: a damaged reply, or one from a server that is not Redis, could take all memory. Here each reply, with
     * everything nested in it, has a limit. Confined to the receiving thread.
     */
    private static final class BoundedReplies extends RedisInputStream {

        /** The size that counts for an array element, besides its own bytes: a reference and an object. */
        private static final int ELEMENT = 16;

        private long left = Command.SHORT_REPLY;

        BoundedReplies(InputStream in) {
            super(in);
        }

        /** Reads the length of a string or array; Jedis has already read the byte that distinguishes them. */
        @Override
        public int readIntCrLf() {
            boolean isString = buf[count - 1] == '$';
            long length = readLongCrLf();
            left -= Math.max(0, isString ? length : length * ELEMENT);
            if (length < -1 || length > Integer.MAX_VALUE || left < 0) {
                throw new StoreException(Reason.GARBAGE, "a reply that claims to be too long");
            }
            return (int) length;
        }
    }
}
