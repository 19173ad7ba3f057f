package dev.remora.spring;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Ends TLS with HTTP/2 before a plain port, as a mesh does before a worker. */
final class TlsInFront implements AutoCloseable {
  static final String PASSWORD = "changeit";

  private final SSLServerSocket listening;
  private final int plainPort;

  /** A key store with a fresh certificate of localhost, by the JDK's own keytool. */
  static Path keyStore(Path folder) throws Exception {
    Path store = folder.resolve("worker.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "worker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost")
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool failed");
    }
    return store;
  }

  TlsInFront(Path keyStore, int plainPort) throws Exception {
    this.plainPort = plainPort;
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(keyStore.toFile())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
    SSLParameters parameters = listening.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    listening.setSSLParameters(parameters);
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      SSLSocket outside = (SSLSocket) listening.accept();
      daemon(
          () -> {
            outside.startHandshake();
            Socket inside = new Socket("localhost", plainPort);
            daemon(() -> copy(inside, outside));
            copy(outside, inside);
          });
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      byte[] buffer = new byte[8192];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // one side closed: so does the other
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
