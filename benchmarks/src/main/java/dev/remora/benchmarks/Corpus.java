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
  TINY_PROMPT(60),
  /** A thousand English prompts, each different. */
  FRESH_ENGLISH(10_000),
  /** A thousand prompts of Java, each different. */
  FRESH_JAVA(10_000),
  /** A thousand Chinese prompts, each different. */
  FRESH_CHINESE(10_000),
  /** A thousand Russian prompts, each different. */
  FRESH_RUSSIAN(10_000);

  private static final int FRESH = 1_000;

  private static final List<String> EMOJIS =
      List.of("😀", "👍🏽", "👨‍👩‍👧‍👦", "🇬🇪", "❤️", "🚂", "🍊", "🌧️", "🤷‍♀️", "1️⃣");

  private final int bytes;

  Corpus(int bytes) {
    this.bytes = bytes;
  }

  /** Whether a text is seen for the first time each time, so that no cache has all its words. */
  boolean isFresh() {
    return name().startsWith("FRESH");
  }

  /**
   * The texts, about 10 kB of UTF-8 each, the tiny prompt 60 bytes: one that is encoded again and
   * again, or a thousand, so that one comes again only after ten megabytes of others.
   */
  public List<String> texts() {
    return texts(FRESH);
  }

  /** The first so many of them. */
  List<String> texts(int most) {
    return isFresh() ? FreshTexts.of(this, most, bytes) : List.of(text());
  }

  /** The text; the first of several. */
  public String text() {
    return switch (this) {
      case FRESH_ENGLISH, FRESH_JAVA, FRESH_CHINESE, FRESH_RUSSIAN -> texts(1).get(0);
      case ENGLISH, CHINESE, RUSSIAN -> shuffled(name().toLowerCase(Locale.ROOT) + ".txt");
      case JAVA ->
          cut(
              read("java/tokenizer-api/src/main/java/dev/remora/bundle/SpecialTokens.java")
                  + read(
                      "java/tokenizer-core/src/main/java/dev/remora/core/engine/EngineTokenizer.java")
                  + read(
                      "java/tokenizer-core/src/main/java/dev/remora/core/vocabulary/Vocabulary.java"));
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
          String.format(
              Locale.ROOT,
              """
          {
            "id": "%08x", "name": "station_%d", "position": {"lat": %.6f, "lon": %.6f},
            "tags": ["north", "open"], "capacity": %d, "active": %b, "next": null
          },
          """,
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
    return cut(text, bytes);
  }

  static String cut(String text, int bytes) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes, utf8.length);
    while (end > 0 && end < utf8.length && !mayEnd(utf8[end])) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  /** Before white space, and in a script that has none before any character. */
  private static boolean mayEnd(byte behind) {
    return behind == '\n' || behind == ' ' || (behind & 0xE0) == 0xE0;
  }

  private static String read(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream("corpus/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
