package io.cachedconnection.internal.provider;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.DirectMembers;
import io.cachedconnection.internal.json.DirectReader;
import io.cachedconnection.internal.json.DirectScalars;
import io.cachedconnection.internal.json.DirectTimes;
import io.cachedconnection.internal.json.DirectType;
import io.cachedconnection.internal.json.DirectWriter;
import io.cachedconnection.internal.json.Utf8;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes connections and credentials in their wire format; see {@code docs/reference/wire-format.md}. */
final class ConnectionFormat {

    static final DirectType TIME = new WireMoment();
    static final DirectType CONNECTION = new Connections();
    static final DirectType CREDENTIALS = new CredentialsType(false);

    private static final Object ABSENT = new Object(); // the value of an absent member

    private ConnectionFormat() {}

    private static DirectMembers members(List<String> names, DirectType... types) {
        DirectMembers members = new DirectMembers(names);
        for (int i = 0; i < types.length; i++) {
            members.set(names.get(i), types[i]);
        }
        return members;
    }

    private static @Nullable Object[] values(DirectMembers members, DirectReader in, int depth)
            throws UnreadableValueException {
        @Nullable Object[] values = in.components(members.size());
        Arrays.fill(values, ABSENT);
        members.read(in, depth, values);
        return values;
    }

    private static @Nullable Object orNull(@Nullable Object value) {
        return value == ABSENT ? null : value;
    }

    private static final class Connections extends DirectType {

        private static final DirectType ID = new DirectScalars.Id(true);
        private static final DirectType TEXT = DirectScalars.known(String.class);

        private final DirectMembers members = members(
                List.of(
                        "id",
                        "user_id",
                        "provider_id",
                        "provider_slug",
                        "status",
                        "alias",
                        "credentials",
                        "connected_at",
                        "last_sync_at",
                        "created_at",
                        "updated_at"),
                ID,
                ID,
                ID,
                TEXT,
                DirectScalars.constants(ConnectionStatus.class, ConnectionStatus::wireName),
                TEXT,
                new CredentialsType(true),
                TIME,
                TIME,
                TIME,
                TIME);

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            ProviderConnection connection = (ProviderConnection) value;
            @Nullable Object[] values = {
                connection.id(),
                connection.userId(),
                connection.providerId(),
                connection.providerSlug(),
                connection.status(),
                connection.alias(),
                connection.credentials(),
                connection.connectedAt(),
                connection.lastSyncAt(),
                connection.createdAt(),
                connection.updatedAt()
            };
            for (int i = 0; i < values.length; i++) {
                int inside = out.inside(depth);
                out.raw(members.token(i));
                members.type(i).write(values[i], out, inside);
            }
            out.ascii('}');
        }

        /** Reads a connection with null for absent members. Its constructor refuses null for required ones. */
        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('{');
            @Nullable Object[] values = values(members, in, depth);
            for (int i = 0; i < values.length; i++) {
                values[i] = orNull(values[i]);
            }
            return connection(values);
        }

        @SuppressWarnings("NullAway") // the constructor checks for null
        private static ProviderConnection connection(@Nullable Object[] values) {
            return new ProviderConnection(
                    (UUID) values[0],
                    (UUID) values[1],
                    (UUID) values[2],
                    (String) values[3],
                    (ConnectionStatus) values[4],
                    (String) values[5],
                    (ProviderCredentials) values[6],
                    (Instant) values[7],
                    (Instant) values[8],
                    (Instant) values[9],
                    (Instant) values[10]);
        }
    }

    private static final class CredentialsType extends DirectType {

        private final DirectMembers members = members(
                List.of("encrypted_data", "encrypted_data_base64", "credential_type", "expires_at"),
                new Data(true),
                new Data(false),
                DirectScalars.constants(CredentialType.class, CredentialType::wireName),
                new WireMoment());
        private final boolean emptyIsNone;

        /** With {@code emptyIsNone}, an object without members is null, like inside a connection in the original system. */
        CredentialsType(boolean emptyIsNone) {
            this.emptyIsNone = emptyIsNone;
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            ProviderCredentials credentials = (ProviderCredentials) value;
            byte[] data = credentials.encryptedData();
            String text = Utf8.textOrNull(data);
            int inside = out.inside(depth);
            if (text == null) {
                out.ascii("{\"encrypted_data_base64\":");
                out.string(Base64.getEncoder().encodeToString(data));
            } else {
                out.raw(members.token(0));
                members.type(0).write(text, out, inside);
            }
            out.inside(depth);
            out.raw(members.token(2));
            members.type(2).write(credentials.type(), out, inside);
            out.inside(depth);
            out.raw(members.token(3));
            members.type(3).write(credentials.expiresAt(), out, inside);
            out.ascii('}');
        }

        @Override
        protected @Nullable Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('{');
            if (emptyIsNone && in.skip('}')) {
                return null;
            }
            @Nullable Object[] values = values(members, in, depth);
            Object type = orNull(values[2]);
            if (type == null || (values[0] == ABSENT) == (values[1] == ABSENT)) {
                throw DirectReader.otherShape();
            }
            Object data = values[1] == ABSENT ? values[0] : values[1];
            if (data == null) {
                throw DirectReader.otherShape();
            }
            return new ProviderCredentials((byte[]) data, (CredentialType) type, (Instant) orNull(values[3]));
        }
    }

    /** Encrypted data: text as it is, or bytes in Base64. */
    private static final class Data extends DirectType {

        private final boolean isText;

        Data(boolean isText) {
            this.isText = isText;
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            byte[] plain = in.plainBytes();
            if (plain == null) {
                plain = Utf8.bytesOrNull(in.text(Integer.MAX_VALUE));
            }
            if (plain == null) {
                throw DirectReader.otherShape();
            }
            return isText ? plain : Base64.getDecoder().decode(plain);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            out.string((String) value);
        }
    }

    /** An instant in the format of Python's {@code datetime.isoformat()}. */
    private static final class WireMoment extends DirectTimes.Timed {

        private static final int MICRO = 1_000;

        // Accepts one to nine digits of a fraction and any offset; the default offset is UTC.
        private static final DateTimeFormatter ANY = new DateTimeFormatterBuilder()
                .appendValue(ChronoField.YEAR, 4)
                .appendPattern("-MM-dd'T'HH:mm:ss")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HH:MM:ss", "Z")
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);

        WireMoment() {
            super("+00:00\"");
        }

        @Override
        protected Instant create(LocalDate date, int second, int nanos) throws UnreadableValueException {
            checkYear(date.getYear());
            return Instant.ofEpochSecond(date.toEpochDay() * DirectTimes.SECONDS_OF_DAY + second, nanos);
        }

        /** Python's first year is 1. */
        private static void checkYear(int year) throws UnreadableValueException {
            if (year == 0) {
                throw DirectReader.otherShape();
            }
        }

        @Override
        protected Object parsed(String text) throws UnreadableValueException {
            TemporalAccessor parts = ANY.parse(text);
            LocalDateTime time = LocalDateTime.from(parts);
            ZoneOffset offset = parts.query(TemporalQueries.offset());
            checkYear(time.getYear());
            return time.toInstant(offset == null ? ZoneOffset.UTC : offset);
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            Instant moment = (Instant) value;
            long second = moment.getEpochSecond();
            LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DirectTimes.SECONDS_OF_DAY));
            DirectTimes.check(date);
            if (date.getYear() == 0) {
                throw DirectWriter.notDirect();
            }
            out.ascii('"');
            DirectTimes.writeDate(date, out);
            DirectTimes.writeTime((int) Math.floorMod(second, DirectTimes.SECONDS_OF_DAY), out);
            int micros = moment.getNano() / MICRO;
            if (micros != 0) {
                out.ascii('.');
                out.padded(micros, 6);
            }
            out.ascii("+00:00\"");
        }
    }
}
