package dev.remora.cli.play;

import dev.remora.cli.source.SourceList;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A page on this machine. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = {
      "Serve a page on 127.0.0.1, until the process is ended: type a text or messages and see their"
          + " tokens, the rendered prompt and what of it came from the request, by one or two of the"
          + " workers and directories side by side (default: an embedded worker with o200k_base)."
    })
public final class PlayCommand extends Verb {
  @Mixin private SourceList sources;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "The port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 0xFFFF) {
      throw wrongUsage("--port must be between 0 and 65535");
    }
    try (SourceList.Opened opened = sources.open(this);
        PlayModels models = PlayModels.load(opened);
        PlayServer server = PlayServer.start(port, models)) {
      tell(server.url());
      new CountDownLatch(1).await(); // until the process, or a test's thread, is ended
    }
    return 0;
  }

  private void tell(String url) {
    out().println(json() ? Json.write(Map.of("url", url)) : "open " + url + " and end with Ctrl-C");
    out().flush();
  }
}
