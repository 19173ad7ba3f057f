package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a verb connects to workers, and what it sends them along. */
final class Connection {
  private static final Pattern HEADER = Pattern.compile("([0-9A-Za-z_.-]+): *([ -~]*)");

  @Option(names = "--tls", description = "Use TLS, and trust whom the Java runtime trusts.")
  private boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Use TLS, and trust the certificates of this file (PEM) alone.")
  private @Nullable Path trusted;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Use TLS, and show the worker this certificate (PEM); with --tls-key.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key of --tls-cert (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--tls-name",
      paramLabel = "HOST",
      description = "The name that the worker's certificate must have (default: its address's).")
  private @Nullable String name;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Send the header 'authorization: Bearer TOKEN'. Others on this machine can see"
              + " arguments; they cannot see REMORA_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      split = "\\R",
      hideParamSyntax = true,
      description = "Send this header; may be given several times, in the environment a line each.")
  private List<String> headers = List.of();

  /** Whether any of it asks for TLS. */
  private boolean isSecure() {
    return tls || trusted != null || certificate != null;
  }

  ChannelCredentials credentials(Verb verb) {
    if ((certificate == null) != (key == null)) {
      throw verb.wrongUsage("--tls-cert and --tls-key belong together");
    }
    if (name != null && !isSecure()) {
      throw verb.wrongUsage("--tls-name is for --tls");
    }
    if (!isSecure()) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    try {
      if (trusted != null) {
        checkCertificates(trusted);
        credentials.trustManager(trusted.toFile());
      }
      if (certificate != null && key != null) {
        checkCertificates(certificate);
        credentials.keyManager(certificate.toFile(), key.toFile());
      }
    } catch (IOException e) { // the certificates could be read
      throw CommandFailure.of(String.valueOf(key), e);
    }
    return credentials.build();
  }

  /** The name that takes the place of the address's. */
  Optional<String> name() {
    return Optional.ofNullable(name);
  }

  Metadata headers(Verb verb) {
    Metadata all = new Metadata();
    if (token != null) {
      put("authorization", "Bearer " + token, all, verb);
    }
    for (String header : headers) {
      Matcher matcher = HEADER.matcher(header);
      if (!matcher.matches()) {
        throw verb.wrongUsage("--header takes NAME:VALUE, both in ASCII");
      }
      put(matcher.group(1), matcher.group(2), all, verb);
    }
    return all;
  }

  private static void put(String name, String value, Metadata all, Verb verb) {
    try {
      all.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    } catch (IllegalArgumentException e) {
      throw verb.wrongUsage("no header may be called " + name);
    }
  }

  private static void checkCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        throw new CommandFailure(file + " holds no certificate");
      }
    } catch (IOException e) {
      throw CommandFailure.of(file.toString(), e);
    } catch (CertificateException e) {
      throw new CommandFailure(file + " holds no certificate in PEM: " + e.getMessage(), e);
    }
  }
}
