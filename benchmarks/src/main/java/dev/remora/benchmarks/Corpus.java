package dev.remora.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * The texts: written for this repository, or made by a seeded generator, so that every run on every
 * machine encodes the same.
 */
public enum Corpus {
  /** A story, line by line in seeded order. */
  ENGLISH(10_000),
  /** The source of this repository's API. */
  JAVA(10_000),
  /** Objects of the kind that a tool call carries. */
  JSON(10_000),
  /** The story in Chinese. */
  CHINESE(10_000),
  /** The story in Russian. */
  RUSSIAN(10_000),
  /** English with an emoji after every few words. */
  EMOJI(10_000),
  /** One word of random letters. */
  LONG_WORD(10_000),
  /** One prompt of about 60 characters. */
  TINY_PROMPT(60);

  private static final List<String> EMOJIS =
      List.of("😀", "👍🏽", "👨‍👩‍👧‍👦", "🇬🇪", "❤️", "🚂", "🍊", "🌧️", "🤷‍♀️", "1️⃣");

  private final int bytes;

  Corpus(int bytes) {
    this.bytes = bytes;
  }

  /** The text: about 10 kB of UTF-8, the tiny prompt 60 bytes. */
  public String text() {
    return switch (this) {
      case ENGLISH, CHINESE, RUSSIAN -> shuffled(name().toLowerCase(Locale.ROOT) + ".txt");
      case JAVA ->
          cut(
              read("java/SpecialTokens.java")
                  + read("java/spi/EngineTokenizer.java")
                  + read("java/spi/Vocabulary.java"));
      case JSON -> json();
      case EMOJI -> emoji();
      case LONG_WORD -> longWord();
      case TINY_PROMPT -> read("prompts.txt").lines().findFirst().orElseThrow();
    };
  }

  private String shuffled(String file) {
    List<String> lines = read(file).lines().toList();
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(lines.get(random.nextInt(lines.size()))).append('\n');
    }
    return cut(text.toString());
  }

  private String json() {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder("[");
    while (text.length() < bytes) {
      text.append(
          """
          {
            "id": "%08x", "name": "station_%d", "position": {"lat": %.6f, "lon": %.6f},
            "tags": ["north", "open"], "capacity": %d, "active": %b, "next": null
          },
          """
              .formatted(
                  random.nextInt(),
                  random.nextInt(500),
                  random.nextDouble() * 90,
                  random.nextDouble() * 180,
                  random.nextInt(10_000),
                  random.nextBoolean()));
    }
    return cut(text.toString());
  }

  private String emoji() {
    Random random = new Random(3);
    List<String> words = Arrays.asList(read("english.txt").split("\\s+"));
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
      if (random.nextInt(3) == 0) {
        text.append(EMOJIS.get(random.nextInt(EMOJIS.size()))).append(' ');
      }
    }
    return cut(text.toString());
  }

  private String longWord() {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** Cuts at a line's or word's end, so that the text takes at most the bytes it should. */
  private String cut(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes, utf8.length);
    while (end > 0 && end < utf8.length && utf8[end] != '\n' && utf8[end] != ' ') {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  private static String read(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream("corpus/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
