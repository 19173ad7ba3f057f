import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.server.GenerateScript;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A worker that runs no model: it has the vocabulary o200k_base and answers each prompt with its own
 * ids. {@code java -cp 'cli/target/remora/lib/*' examples/EchoWorker.java [PORT]}, 50051 by default.
 */
public final class EchoWorker {
  private static final String VOCABULARY = "o200k_base.tiktoken";
  private static final String TEMPLATE = "{% for m in messages %}{{ m.content }}{% endfor %}";

  public static void main(String[] arguments) throws Exception {
    int port = arguments.length == 0 ? 50051 : Integer.parseInt(arguments[0]);
    try (InputStream ranks =
        EncodingType.class.getResourceAsStream("/com/knuddels/jtokkit/" + VOCABULARY)) {
      Map<String, byte[]> files =
          Map.of(
              VOCABULARY,
              ranks.readAllBytes(),
              "chat_template.jinja",
              TEMPLATE.getBytes(StandardCharsets.UTF_8));
      TokenizerServer worker =
          TokenizerServer.builder(TokenizerFiles.of(files))
              .generate(
                  GenerateScript.of(prompt -> prompt)
                      .idsPerMessage(1)
                      .pause(Duration.ofMillis(20)))
              .port(port)
              .start();
      System.out.println("answering on " + worker.target());
      worker.awaitClose();
    }
  }
}
