package dev.remora.cli;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Speaks TLS in front of a plain worker, asks for a certificate, and keeps what calls bring. */
final class SecureWorker implements AutoCloseable {
  private final Server server;
  private final ManagedChannel plain;
  private final List<Metadata> headers = new CopyOnWriteArrayList<>();

  SecureWorker(Path certificate, Path key, String target) throws IOException {
    plain = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    server =
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.newBuilder()
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(certificate.toFile())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .build())
            .fallbackHandlerRegistry(new Forwarding())
            .intercept(new Keeping())
            .build()
            .start();
  }

  /** Writes a fresh certificate of localhost and its key in PEM, by the JDK's own keytool. */
  static void certify(Path folder, Path certificate, Path key) throws Exception {
    Path store = folder.resolve("worker.p12");
    String command =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -genkeypair -alias worker -keyalg EC -dname CN=worker.test"
            + " -ext san=dns:worker.test -storepass changeit -keystore "
            + store;
    Process made = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (made.waitFor() != 0) {
      throw new AssertionError(said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("worker").getEncoded()));
    byte[] secret = keys.getKey("worker", "changeit".toCharArray()).getEncoded();
    Files.writeString(key, pem("PRIVATE KEY", secret));
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
  }

  String target() {
    return "localhost:" + server.getPort();
  }

  /** What calls brought under a name. */
  List<@Nullable String> header(String name) {
    Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    return headers.stream().<@Nullable String>map(brought -> brought.get(key)).toList();
  }

  private final class Keeping implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata brought, ServerCallHandler<A, B> next) {
      headers.add(brought);
      return next.startCall(call, brought);
    }
  }

  /** Hands every call on as bytes. */
  private final class Forwarding extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(MethodType.SERVER_STREAMING)
              .setFullMethodName(name)
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build();
      return ServerMethodDefinition.create(
          method,
          ServerCalls.asyncServerStreamingCall(
              (request, observer) ->
                  ClientCalls.asyncServerStreamingCall(
                      plain.newCall(method, CallOptions.DEFAULT), request, observer)));
    }
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    plain.shutdownNow();
  }
}
