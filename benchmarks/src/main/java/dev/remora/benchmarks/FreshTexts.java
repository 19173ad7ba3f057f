package dev.remora.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * Prompts that have not been seen before, out of a seed: the words of one script that o200k_base
 * has as tokens, drawn by Zipf's law in the order of their ranks, and among them words that are put
 * together of two, as names and compounds are, which no vocabulary has as one token.
 */
final class FreshTexts {
  private static final int COMPOUNDS = 10; // one word in so many

  private static final List<String> CODE =
      List.of(
          "  /** Gives the # of each #, or # if the # is no #. */\n",
          "  private static # @(# @, int @) {\n",
          "    if (@.@() > ~ && !@.isEmpty()) {\n      return @.@(@, ~);\n    }\n",
          "    for (int @ = 0; @ < @.length; @++) {\n      @[@] = @(@, \"# #\");\n    }\n",
          "    List<String> @ = new ArrayList<>(@.@());\n    @.add(@.get(~));\n    return @;\n  }\n\n",
          "    throw new IllegalStateException(\"the # of the # is \" + @);\n  }\n\n");

  private final List<String> words = new ArrayList<>();
  private final boolean spaced;
  private final Random random;

  private FreshTexts(IntPredicate letters, boolean spaced, Random random) {
    this.spaced = spaced;
    this.random = random;
    try (InputStream in =
        Objects.requireNonNull(
            com.knuddels.jtokkit.Encodings.class.getResourceAsStream(
                "/com/knuddels/jtokkit/o200k_base.tiktoken"))) {
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines() // in the order of ranks
          .map(line -> Base64.getDecoder().decode(line.substring(0, line.indexOf(' '))))
          .map(token -> new String(token, StandardCharsets.UTF_8))
          .filter(token -> !spaced || token.startsWith(" "))
          .map(token -> spaced ? token.substring(1) : token)
          .filter(word -> !word.isEmpty() && word.codePoints().allMatch(letters))
          .forEach(words::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many texts of about so many bytes of UTF-8 each. */
  static List<String> of(Corpus corpus, int count, int bytes) {
    Random random = new Random(20261123);
    FreshTexts texts =
        switch (corpus) {
          case FRESH_CHINESE ->
              new FreshTexts(
                  letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN,
                  false,
                  random);
          case FRESH_RUSSIAN ->
              new FreshTexts(letter -> letter >= 'а' && letter <= 'я', true, random);
          default -> new FreshTexts(letter -> letter >= 'a' && letter <= 'z', true, random);
        };
    List<String> made = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < bytes / (corpus == Corpus.FRESH_CHINESE ? 3 : 1)) {
        if (corpus == Corpus.FRESH_JAVA) {
          texts.appendCode(text);
        } else {
          texts.appendSentence(text);
        }
      }
      made.add(Corpus.cut(text.toString(), bytes));
    }
    return made;
  }

  private String word() {
    String word = zipf();
    return random.nextInt(COMPOUNDS) == 0 ? word + zipf() : word;
  }

  private String zipf() {
    return words.get((int) Math.exp(random.nextDouble() * Math.log(words.size())) - 1);
  }

  private void appendSentence(StringBuilder text) {
    int left = 4 + random.nextInt(16);
    text.append(spaced ? capital(word()) : word());
    while (left-- > 0) {
      if (random.nextInt(9) == 0) {
        text.append(spaced ? "," : "，");
      }
      text.append(spaced ? " " : "").append(word());
    }
    text.append(spaced ? random.nextInt(6) == 0 ? ".\n\n" : ". " : "。");
  }

  /** A template's # becomes a word, @ an identifier, ~ a number. */
  private void appendCode(StringBuilder text) {
    for (char sign : CODE.get(random.nextInt(CODE.size())).toCharArray()) {
      switch (sign) {
        case '#' -> text.append(word());
        case '~' -> text.append(random.nextInt(1000));
        case '@' -> {
          text.append(word());
          for (int more = random.nextInt(3); more > 0; more--) {
            text.append(capital(word()));
          }
        }
        default -> text.append(sign);
      }
    }
  }

  private static String capital(String word) {
    int end = word.offsetByCodePoints(0, 1);
    return Character.toString(Character.toUpperCase(word.codePointAt(0))) + word.substring(end);
  }
}
