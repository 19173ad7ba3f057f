package dev.remora.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.conformance.contract.ContractBundle.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the golden files with DJL's public API, which is the reference: {@code GoldenWriter
 * FOLDER}, where the directory is the one of the resources of this package.
 */
final class GoldenWriter {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private GoldenWriter() {}

  public static void main(String[] arguments) throws IOException {
    Gson gson = new GsonBuilder().serializeNulls().create();
    for (ContractBundle bundle : ContractBundle.values()) {
      List<String> lines = new ArrayList<>();
      try (HuggingFaceTokenizer reference =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bundle.json()), OPTIONS)) {
        new LinkedHashMap<>(ContractBundle.texts())
            .forEach(
                (name, text) ->
                    lines.add(gson.toJson(name) + ":" + gson.toJson(golden(reference, text))));
      }
      Files.writeString(
          Path.of(arguments[0], bundle.goldenFile()), "{" + String.join(",\n", lines) + "}\n");
    }
  }

  private static Golden golden(HuggingFaceTokenizer reference, String text) {
    Encoding encoding = reference.encode(text, true, false);
    List<int @Nullable []> spans = new ArrayList<>();
    for (@Nullable CharSpan span : encoding.getCharTokenSpans()) {
      spans.add(span == null ? null : new int[] {span.getStart(), span.getEnd()});
    }
    long[] mask = encoding.getSpecialTokenMask();
    boolean[] special = new boolean[mask.length];
    for (int index = 0; index < mask.length; index++) {
      special[index] = mask[index] == 1;
    }
    return new Golden(
        ints(encoding.getIds()),
        ints(reference.encode(text, false, false).getIds()),
        List.of(encoding.getTokens()),
        spans,
        special,
        reference.decode(encoding.getIds(), false),
        reference.decode(encoding.getIds(), true));
  }

  private static int[] ints(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
