package dev.remora.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** A link to a port of this machine that lets so many bytes pass towards the client at a time. */
final class SlowLink implements AutoCloseable {
  private final ServerSocket server;
  private final int port;
  private final int bytes;
  private final Duration pause;

  private SlowLink(ServerSocket server, int port, int bytes, Duration pause) {
    this.server = server;
    this.port = port;
    this.bytes = bytes;
    this.pause = pause;
  }

  static SlowLink to(int port, int bytes, Duration pause) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    SlowLink link = new SlowLink(server, port, bytes, pause);
    start(link::serve);
    return link;
  }

  int port() {
    return server.getLocalPort();
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt(); // an end is closed, and so is the link
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() throws IOException, InterruptedException {
    try (Socket client = server.accept();
        Socket worker = new Socket(InetAddress.getLoopbackAddress(), port)) {
      start(() -> client.getInputStream().transferTo(worker.getOutputStream()));
      InputStream in = worker.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[bytes];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        Thread.sleep(pause.toMillis());
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
