package dev.remora.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.Tokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.document.DefaultContentFormatter;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.util.MimeTypeUtils;

/** Spring AI's own types over real tokenizers. */
@Timeout(120)
class SpringAiTest {
  @TempDir Path folder;

  private Tokenizer tokenizer(byte[] tokenizerJson) throws Exception {
    Files.write(folder.resolve("tokenizer.json"), tokenizerJson);
    return Tokenizers.fromDirectory(folder);
  }

  private static List<String> split(RemoraTextSplitter splitter, String text) {
    return splitter.apply(List.of(new Document(text))).stream()
        .map(Document::getText)
        .collect(Collectors.toList());
  }

  @Test
  void chunks_areCutBetweenTokensAndOverlap() throws Exception {
    try (Tokenizer tokenizer = tokenizer(TinyTokenizers.byteLevel())) {
      String text = "hello world hello world"; // hello Ġwor ld Ġ hello Ġwor ld
      assertEquals(
          List.of("hello world", " hello wor", "ld"),
          split(RemoraTextSplitter.of(tokenizer, 3, 0), text));
      assertEquals(
          List.of("hello world", "ld hello", "hello world"),
          split(RemoraTextSplitter.of(tokenizer, 3, 1), text));
      assertEquals(List.of(text), split(RemoraTextSplitter.of(tokenizer, 100, 99), text));
      assertEquals(List.of(), split(RemoraTextSplitter.of(tokenizer, 3, 0), ""));
    }
  }

  @Test
  void characterOfSeveralTokens_staysWhole() throws Exception {
    try (Tokenizer tokenizer = tokenizer(TinyTokenizers.byteLevel())) {
      assertEquals(4, tokenizer.count("🦈", EncodeOptions.NO_SPECIAL_TOKENS));
      assertEquals(
          List.of("a", "🦈", "b", "🦈"), split(RemoraTextSplitter.of(tokenizer, 2, 1), "a🦈b🦈"));
      assertEquals(List.of("a🦈", "b🦈"), split(RemoraTextSplitter.of(tokenizer, 5, 0), "a🦈b🦈"));
    }
  }

  @Test
  void chunksOfAnyText_keepTheLaws() throws Exception {
    for (byte[] json :
        List.of(TinyTokenizers.byteLevel(), TinyTokenizers.wordPiece(), TinyTokenizers.unigram())) {
      try (Tokenizer tokenizer = tokenizer(json)) {
        Random random = new Random(20261127);
        for (int i = 0; i < 2000; i++) {
          String text = text(random);
          int max = 1 + random.nextInt(20);
          assertLaws(tokenizer, text, max, random.nextInt(max));
        }
      }
    }
  }

  private static String text(Random random) {
    List<String> parts =
        List.of(
            "hello",
            " world",
            "s",
            "!",
            " ",
            "  ",
            "\n",
            "é",
            "漢字",
            "🦈",
            "👩‍👩‍👧",
            "\ud83e",
            "<s>");
    StringBuilder text = new StringBuilder();
    for (int part = random.nextInt(40); part > 0; part--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  /** A chunk may be found at several places of a text: one choice of all must keep the laws. */
  private static void assertLaws(Tokenizer tokenizer, String text, int max, int overlap) {
    List<String> chunks = split(RemoraTextSplitter.of(tokenizer, max, overlap), text);
    Encoding whole = tokenizer.encode(text, EncodeOptions.NO_SPECIAL_TOKENS);
    Set<Place> places = Set.of(new Place(-1, 0));
    for (String chunk : chunks) {
      int tokens = tokenizer.count(chunk, EncodeOptions.NO_SPECIAL_TOKENS);
      assertTrue(tokens <= max || isOneUnit(tokenizer, chunk), () -> tokens + " of " + chunk);
      Set<Place> next = new HashSet<>();
      for (Place before : places) {
        for (int from = before.from + 1; from <= before.end; from++) {
          Place place = new Place(from, from + chunk.length());
          if (text.startsWith(chunk, from)
              && place.end > before.end
              && tokensWithin(whole, from, before.end) <= overlap
              && isBetweenCodePoints(text, from)
              && isBetweenCodePoints(text, place.end)) {
            next.add(place);
          }
        }
      }
      places = next;
    }
    assertTrue(
        places.stream().anyMatch(place -> place.end == text.length()),
        () -> text + " is not " + chunks);
  }

  private record Place(int from, int end) {}

  private static boolean isBetweenCodePoints(String text, int index) {
    return index == 0
        || index == text.length()
        || !Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  private static int tokensWithin(Encoding encoding, int from, int end) {
    int tokens = 0;
    for (int token = 0; token < encoding.size(); token++) {
      boolean isWithin = encoding.start(token) >= from && encoding.end(token) <= end;
      tokens += isWithin && from < end ? 1 : 0;
    }
    return tokens;
  }

  /** Whether all tokens of a chunk share its characters, so that it cannot be cut. */
  private static boolean isOneUnit(Tokenizer tokenizer, String chunk) {
    Encoding encoding = tokenizer.encode(chunk, EncodeOptions.NO_SPECIAL_TOKENS);
    for (int token = 0; token + 1 < encoding.size(); token++) {
      int end = encoding.end(token);
      if (end > 0 && end < chunk.length() && end <= encoding.start(token + 1)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void bounds_areRefusedByName() throws Exception {
    try (Tokenizer tokenizer = tokenizer(TinyTokenizers.byteLevel())) {
      for (int[] wrong : new int[][] {{0, 0}, {4, 4}, {4, -1}}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> RemoraTextSplitter.of(tokenizer, wrong[0], wrong[1]));
      }
    }
  }

  @Test
  void estimator_countsTextAndRefusesMedia() throws Exception {
    try (Tokenizer tokenizer = tokenizer(TinyTokenizers.byteLevel())) {
      TextTokenCountEstimator estimator = TextTokenCountEstimator.of(tokenizer);
      assertEquals(3, estimator.estimate("hello world"));
      assertEquals(0, estimator.estimate((String) null));
      MediaContent text = new Content("hello world", List.of());
      assertEquals(3, estimator.estimate(text));
      assertEquals(6, estimator.estimate(List.of(text, text)));
      Media image = new Media(MimeTypeUtils.IMAGE_PNG, java.net.URI.create("a:b"));
      assertThrows(
          IllegalArgumentException.class,
          () -> estimator.estimate(new Content("hello", List.of(image))));
    }
  }

  private record Content(String text, List<Media> media) implements MediaContent {
    @Override
    public String getText() {
      return text;
    }

    @Override
    public Map<String, Object> getMetadata() {
      return Map.of();
    }

    @Override
    public List<Media> getMedia() {
      return media;
    }
  }

  @Test
  void batches_haveAtMostTheTokensOfTheModel() throws Exception {
    try (Tokenizer tokenizer = tokenizer(TinyTokenizers.byteLevel())) {
      TextTokenCountEstimator estimator = TextTokenCountEstimator.of(tokenizer);
      List<Document> documents = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        documents.add(new Document("hello world"));
      }
      int each = estimator.estimate(documents.get(0).getFormattedContent(MetadataMode.NONE));
      TokenCountBatchingStrategy batches =
          new TokenCountBatchingStrategy(
              estimator,
              2 * each + 1,
              0.0,
              DefaultContentFormatter.defaultConfig(),
              MetadataMode.NONE);
      assertEquals(List.of(2, 1), batches.batch(documents).stream().map(List::size).toList());
    }
  }

  @Test
  void exampleOfTheReadme_splitsADocument() throws Exception {
    String source =
        """
        import dev.remora.*;
        import dev.remora.remote.*;
        import dev.remora.springai.*;
        import java.util.*;
        import org.springframework.ai.document.*;
        import org.springframework.ai.tokenizer.*;
        import org.springframework.ai.transformer.splitter.*;
        public class Example {
          public static List<Document> run(io.grpc.Channel channel, List<Document> documents)
              throws Exception {
            %s
            return chunks;
          }
        }
        """;
    List<String> examples = PageExamples.of(Path.of("../../README.md"), "java spring-ai");
    assertEquals(1, examples.size());
    Map<String, byte[]> files = Map.of("tokenizer.json", TinyTokenizers.byteLevel());
    try (TokenizerServer server = TokenizerServer.builder(TokenizerFiles.of(files)).start()) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
      Object chunks =
          PageExamples.compile(folder, "Example", source.formatted(examples.get(0)))
              .getMethod("run", Channel.class, List.class)
              .invoke(null, channel, List.of(new Document("hello world ".repeat(400))));
      channel.shutdownNow();
      assertEquals(4, ((List<?>) chunks).size());
    }
  }
}
