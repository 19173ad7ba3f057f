package dev.remora.cli.verb;

import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.io.InputStream;

/** The vocabulary in JTokkit's jar, o200k_base, as the rank file that it is there. */
public final class EmbeddedVocabulary {
  /** Its name. */
  public static final String NAME = "o200k_base";

  /** The name of its file. */
  public static final String FILE = NAME + ".tiktoken";

  private EmbeddedVocabulary() {}

  /** The rank file. */
  public static byte[] ranks() throws IOException {
    String resource = "/com/knuddels/jtokkit/" + FILE;
    try (InputStream ranks = EncodingType.class.getResourceAsStream(resource)) {
      if (ranks == null) {
        throw new IOException("JTokkit's jar holds no " + resource);
      }
      return ranks.readAllBytes();
    }
  }
}
