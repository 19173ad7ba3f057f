package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers behind TLS, and those that want a token, on a real socket. */
@SuppressWarnings("NullAway.Init") // @BeforeAll sets them
class ConnectionTest {
  @TempDir private static Path folder;
  private static Path certificate;
  private static Path key;
  private static TokenizerServer plain;
  private static SecureWorker secure;

  @BeforeAll
  static void start() throws Exception {
    certificate = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    SecureWorker.certify(folder, certificate, key);
    plain =
        TokenizerServer.builder(
                TokenizerFiles.of(Map.of("tokenizer.json", TinyTokenizers.byteLevel())))
            .start();
    secure = new SecureWorker(certificate, key, plain.target());
  }

  @AfterAll
  static void close() {
    secure.close();
    plain.close();
  }

  private static Run count(String... options) {
    return Run.of(
        Stream.concat(
                Stream.of("count", "--timeout", "20s", "--worker", secure.target(), "hello"),
                Arrays.stream(options))
            .toArray(String[]::new));
  }

  @Test
  void trustedWorker_isAsked_underItsOwnName() {
    Run run = count("--tls-ca", certificate.toString(), "--tls-name", "worker.test");
    assertEquals(new Run(0, "2\n", ""), run);
  }

  @Test
  void ownCertificate_isShown() {
    Run run =
        count(
            "--tls-ca",
            certificate.toString(),
            "--tls-name",
            "worker.test",
            "--tls-cert",
            certificate.toString(),
            "--tls-key",
            key.toString());
    assertEquals(new Run(0, "2\n", ""), run);
  }

  @Test
  void workerThatIsNotTrusted_orHasAnotherName_isOneLine() {
    for (Run run : List.of(count("--tls"), count("--tls-ca", certificate.toString()), count())) {
      assertEquals(1, run.exitCode());
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }

  @Test
  void headersAndToken_areSent() {
    Run run =
        Run.of(
            "count",
            "--worker",
            secure.target(),
            "--tls-ca",
            certificate.toString(),
            "--tls-name",
            "worker.test",
            "--token",
            "secret",
            "--header",
            "x-model: a: b",
            "--header",
            "x-empty:",
            "hello");
    assertEquals(new Run(0, "2\n", ""), run);
    assertTrue(secure.header("authorization").contains("Bearer secret"));
    assertTrue(secure.header("x-model").contains("a: b"));
    assertTrue(secure.header("x-empty").contains(""));
  }

  @Test
  void filesThatAreNone_areNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no certificate");
    Path none = folder.resolve("none");
    for (String[] options :
        new String[][] {
          {"--tls-ca", none.toString()},
          {"--tls-ca", text.toString()},
          {"--tls-cert", text.toString(), "--tls-key", key.toString()},
          {"--tls-cert", certificate.toString(), "--tls-key", none.toString()},
          {"--tls-cert", certificate.toString(), "--tls-key", text.toString()}
        }) {
      Run run = count(options);
      assertEquals(1, run.exitCode(), String.join(" ", options));
      assertEquals(1, run.err().lines().count(), run.err());
    }
  }
}
