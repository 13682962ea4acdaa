package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Login;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveLoginTest {

    private static final String ONE = Seeds.PASSWORD + "One";
    private static final String TWO = Seeds.PASSWORD + "Two";
    private static final String USERNAME = "cached-connection.redis.username";
    private static final String PASSWORD = "cached-connection.redis.password";
    private static final String FILE = "cached-connection.redis.password-file";

    @TempDir
    Path directory;

    private final MapConfig config = MapConfig.of();
    private final List<String> warnings = new ArrayList<>();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("password");
    }

    @Test
    void current_passwordRotatedInTheConfiguration_isTheNewOne() {
        config.set(PASSWORD, ONE);
        Login login = login();
        config.set(PASSWORD, TWO);

        assertThat(login.current()).isEqualTo(credentials(null, TWO));
    }

    @Test
    void current_userAndPasswordRotated_areTheNewOnes() {
        config.set(USERNAME, Seeds.USER);
        config.set(PASSWORD, ONE);
        Login login = login();
        config.set(USERNAME, "eve");
        config.set(PASSWORD, TWO);

        assertThat(login.current()).isEqualTo(credentials("eve", TWO));
    }

    @Test
    void current_passwordThatAppears_winsOverThatOfTheUri() {
        config.set("cached-connection.redis.uri", "redis://" + Seeds.USER + ":" + ONE + "@cache.example");
        Login login = login();
        config.set(PASSWORD, TWO);

        assertThat(login.current()).isEqualTo(credentials(Seeds.USER, TWO));
    }

    @Test
    void current_passwordGone_isTheLastOne() {
        config.set(USERNAME, Seeds.USER);
        config.set(PASSWORD, ONE);
        Login login = login();
        config.set(PASSWORD, TWO);
        login.current();
        config.remove(PASSWORD);

        assertThat(login.current()).isEqualTo(credentials(Seeds.USER, TWO));
        assertThat(warnings).singleElement().asString().startsWith("CC-0213 ").contains("CC-0206 ");
    }

    @Test
    void current_allGone_isTheLastOne() {
        config.set(PASSWORD, ONE);
        Login login = login();
        config.remove(PASSWORD);

        assertThat(login.current()).isEqualTo(credentials(null, ONE));
    }

    @Test
    void current_sourceThatFails_isTheLastOneAndSaysNoSecret() {
        config.set(PASSWORD, ONE);
        Login login = login();
        config.set(PASSWORD, MapConfig.FAILS);

        assertThat(login.current()).isEqualTo(credentials(null, ONE));
        assertThat(login.current()).isEqualTo(credentials(null, ONE));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("CC-0213", "CC-0207")
                .doesNotContain(Seeds.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "pass\n", "pass\r\n"})
    void current_passwordInAFile_isItsContentWithoutTheLineEnd(String content) throws IOException {
        Files.writeString(file, content);
        config.set(FILE, " " + file + " ");

        assertThat(login().current()).isEqualTo(credentials(null, "pass"));
    }

    @Test
    void current_passwordInAFile_isTakenAsItIs() throws IOException {
        Files.writeString(file, " p:@/\u00e9 \n");
        config.set(USERNAME, Seeds.USER);
        config.set(FILE, file.toString());

        assertThat(login().current()).isEqualTo(credentials(Seeds.USER, " p:@/\u00e9 "));
    }

    @Test
    void current_passwordRotatedInTheFile_isTheNewOne() throws IOException {
        Files.writeString(file, ONE + "\n");
        config.set(FILE, file.toString());
        Login login = login();
        Files.writeString(file, TWO + "\n");

        assertThat(login.current()).isEqualTo(credentials(null, TWO));
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void current_fileEmptyForAWhile_isTheLastOne(String nothing) throws IOException {
        Files.writeString(file, ONE);
        config.set(FILE, file.toString());
        Login login = login();
        Files.writeString(file, nothing);

        assertThat(login.current()).isEqualTo(credentials(null, ONE));
        assertThat(warnings).singleElement().asString().contains("CC-0213", "the file is empty");
    }

    @Test
    void current_fileGone_isTheLastOne() throws IOException {
        Files.writeString(file, ONE);
        config.set(FILE, file.toString());
        Login login = login();
        Files.delete(file);

        assertThat(login.current()).isEqualTo(credentials(null, ONE));
    }

    @Test
    void settings_passwordInAFileAndBesides_areRefused() throws IOException {
        Files.writeString(file, ONE);
        config.set(PASSWORD, Seeds.PASSWORD);
        config.set(FILE, file.toString());

        assertThat(problems())
                .containsExactly("CC-0211 Setting " + PASSWORD + " in the map and setting " + FILE
                        + " in the map exclude each other. Remove one of them.");
    }

    @Test
    void settings_fileThatIsNone_isRefusedAndNotShown() throws IOException {
        config.set(FILE, directory.resolve(Seeds.PASSWORD).toString());
        assertThat(problems()).singleElement().asString().isEqualTo(refused("there is no such file"));

        config.set(FILE, directory.toString());
        assertThat(problems()).containsExactly(refused("it is not a regular file"));
    }

    @Test
    void settings_userAndAFileThatIsNone_areOneProblem() {
        config.set(USERNAME, Seeds.USER);
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("there is no such file"));
    }

    @Test
    void settings_emptyFile_isRefused() throws IOException {
        Files.writeString(file, "\r\n");
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("the file is empty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo", "one\n\n", "one\r\ntwo\r\n", "one\r", "\none"})
    void settings_fileOfSeveralLines_isRefused(String content) throws IOException {
        Files.writeString(file, content);
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("the file has more than one line"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t\n", "\n\n", " \r\n \n"})
    void settings_fileOfWhiteSpace_isRefused(String content) throws IOException {
        Files.writeString(file, content);
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("the file contains only white space"));
    }

    @Test
    void settings_fileThatIsNoText_isRefused() throws IOException {
        Files.write(file, "s3cr\u00e9t".getBytes(StandardCharsets.ISO_8859_1));
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("the file is not UTF-8"));
    }

    @Test
    void settings_hugeFile_isRefused() throws IOException {
        Files.write(file, new byte[65 * 1024]);
        config.set(FILE, file.toString());

        assertThat(problems()).containsExactly(refused("the file is too large for a password"));
    }

    @Test
    void toString_ofALogin_saysNothing() {
        config.set(USERNAME, Seeds.USER);
        config.set(PASSWORD, Seeds.PASSWORD);

        assertThat(login().toString()).doesNotContain(Seeds.USER, Seeds.PASSWORD);
    }

    private Login login() {
        ConfigReader configReader = new ConfigReader(config);
        Login login = ScannedLog.text(new RedisSettingsReader(configReader, this::warn)
                .settings()
                .access()
                .login());
        assertThat(configReader.problems()).isEmpty();
        return login;
    }

    private void warn(String warning) {
        warnings.add(ScannedLog.text(warning));
    }

    private List<String> problems() {
        return ScannedLog.text(new SettingsReader(config).read(Set.of())).problems();
    }

    private static String refused(String reason) {
        return "CC-0209 Setting " + FILE + " is '(not shown)' in the map: " + reason
                + ". Allowed: the path of a file in UTF-8 that holds a password.";
    }

    private static Credentials credentials(String username, String password) {
        return new Credentials(username, new Secret(password));
    }
}
