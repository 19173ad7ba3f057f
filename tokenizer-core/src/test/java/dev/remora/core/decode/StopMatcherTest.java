package dev.remora.core.decode;

import static dev.remora.core.decode.Definitions.BYTES;
import static dev.remora.core.decode.Definitions.added;
import static dev.remora.core.decode.Definitions.listed;
import static dev.remora.core.decode.Definitions.sequence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.StopMatch;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopMatcherTest {
  private static final List<String> LETTERS = List.of("a", "b", "🙂", "🙃");
  private static final List<String> TOKENS = tokens();
  private static final int EOS = TOKENS.size();
  private static final int SHOWN = EOS + 1;
  private static final TokenDecoder DECODER =
      TokenDecoder.of(
          listed(
              TOKENS,
              List.of(added(EOS, "<eos>", true), added(SHOWN, "<end>", false)),
              sequence(BYTES)));

  /** Every text of one to three letters, and four bytes. */
  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>(LETTERS);
    for (int from = 0; from < 4 + 16; from++) {
      for (String letter : LETTERS) {
        tokens.add(tokens.get(from) + letter);
      }
    }
    tokens.addAll(List.of("<0xF0>", "<0x9F>", "<0x99>", "<0x82>"));
    return tokens;
  }

  private static StopMatcher matcher(StopSequences stops) {
    return StopMatcher.of(DECODER.open(DecodeOptions.DEFAULT), stops);
  }

  private static int id(String token) {
    return TOKENS.indexOf(token);
  }

  /** What a generation gives, computed by looking at the whole text after each token. */
  private record Reference(
      List<String> all, Set<String> visible, int minTokens, StringBuilder text) {

    /** What this token matches, as StopMatch spells it; the text then ends with it. */
    String add(int id, int tokensBefore) {
      boolean counts = tokensBefore >= minTokens;
      if (counts && id == EOS) {
        return "EOS " + EOS;
      }
      int old = text.length();
      text.append(id == EOS ? "<eos>" : id == SHOWN ? "<end>" : TOKENS.get(id));
      if (counts && id == SHOWN) {
        return "id " + SHOWN;
      }
      String whole = text.toString();
      for (int end = old + 1; counts && end <= whole.length(); end++) {
        String longest = "";
        for (String stop : all) {
          boolean endsHere = whole.startsWith(stop, end - stop.length());
          longest = endsHere && stop.length() > longest.length() ? stop : longest;
        }
        if (!longest.isEmpty()) {
          text.setLength(visible.contains(longest) ? end : end - longest.length());
          return "string " + longest;
        }
      }
      return "";
    }

    /** How much of the text a stop string could still begin with. */
    int held() {
      for (int from = 0; from < text.length(); from++) {
        String suffix = text.substring(from);
        for (String stop : all) {
          if (stop.length() > suffix.length() && stop.startsWith(suffix)) {
            return suffix.length();
          }
        }
      }
      return 0;
    }
  }

  @Test
  void matches_ofAMillionRandomCases_equalTheReference() {
    IntStream.range(0, 100).parallel().forEach(StopMatcherTest::compareTenThousand);
  }

  private static void compareTenThousand(int seed) {
    Random random = new Random(seed);
    for (int turn = 0; turn < 1_000; turn++) {
      List<String> all = new ArrayList<>();
      Set<String> visible = new HashSet<>();
      int minTokens = random.nextInt(3);
      StopSequences stops = stops(random, all, visible).minTokens(minTokens).build();
      for (int text = 0; text < 10; text++) {
        Reference reference = new Reference(all, visible, minTokens, new StringBuilder());
        compareOne(random, matcher(stops), reference);
      }
    }
  }

  /** Up to three stop strings, an EOS and a visible id. */
  private static StopSequences.Builder stops(Random random, List<String> all, Set<String> visible) {
    StopSequences.Builder builder = StopSequences.builder().eosIds(Set.of(EOS)).visibleId(SHOWN);
    for (int count = random.nextInt(4); count > 0; count--) {
      String stop = text(random, 1 + random.nextInt(4));
      if (all.contains(stop)) {
        continue;
      }
      all.add(stop);
      if (random.nextBoolean()) {
        visible.add(stop);
        builder.visibleString(stop);
      } else {
        builder.hiddenString(stop);
      }
    }
    return builder;
  }

  private static void compareOne(Random random, StopMatcher matcher, Reference reference) {
    StringBuilder given = new StringBuilder();
    String expected = "";
    int tokens = 1 + random.nextInt(6);
    for (int at = 0; at < tokens && expected.isEmpty(); at++) {
      int id = random.nextInt(12) == 0 ? EOS + random.nextInt(2) : random.nextInt(EOS - 4);
      if (random.nextBoolean()) {
        given.append(matcher.push(id));
      } else {
        int before = given.length();
        assertEquals(matcher.push(id, given), given.length() - before);
      }
      expected = reference.add(id, at);
      int end = reference.text().length() - (expected.isEmpty() ? reference.held() : 0);
      assertEquals(reference.text().substring(0, end), given.toString());
    }
    assertEquals(expected, matcher.match().map(StopMatch::toString).orElse(""));
    if (expected.isEmpty()) {
      int before = given.length();
      if (random.nextBoolean()) {
        given.append(matcher.finish());
      } else {
        assertEquals(matcher.finish(given), given.length() - before);
      }
      assertEquals(reference.text().toString(), given.toString());
    }
  }

  private static String text(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    for (int count = 0; count < letters; count++) {
      text.append(LETTERS.get(random.nextInt(random.nextBoolean() ? 2 : 4)));
    }
    return text.toString();
  }

  @Test
  void string_overSeveralTokens_isHidden() {
    StopMatcher matcher = matcher(StopSequences.builder().hiddenString("ab🙂").build());
    assertEquals("b", matcher.push(id("ba")));
    assertEquals("", matcher.push(id("b")));
    assertEquals("", matcher.push(id("🙂a")));
    assertTrue(matcher.isStopped());
    assertEquals(Optional.of("ab🙂"), matcher.match().orElseThrow().string());
    assertEquals(OptionalInt.empty(), matcher.match().orElseThrow().id());
    assertThrows(IllegalStateException.class, () -> matcher.push(0));
    assertThrows(IllegalStateException.class, matcher::finish);
  }

  @Test
  void string_begunButNotFinished_isGivenBack() {
    StopMatcher matcher = matcher(StopSequences.builder().hiddenString("aab").build());
    assertEquals("", matcher.push(id("aa")));
    assertEquals("a", matcher.push(id("a")));
    assertEquals("aa", matcher.finish());
    assertFalse(matcher.isStopped());
  }

  @Test
  void strings_thatEndTogether_longestWins() {
    StopSequences stops = StopSequences.builder().hiddenString("b").visibleString("ab").build();
    StopMatcher matcher = matcher(stops);
    assertEquals("ab", matcher.push(id("aba")));
    assertEquals(Optional.of("ab"), matcher.match().orElseThrow().string());
  }

  @Test
  void eos_ignored_isTextLikeAnyOther() {
    StopSequences.Builder builder = StopSequences.builder().eosIds(Set.of(EOS));
    StopMatcher stopping = matcher(builder.build());
    assertEquals("", stopping.push(EOS));
    assertEquals(OptionalInt.of(EOS), stopping.match().orElseThrow().id());
    assertTrue(stopping.match().orElseThrow().isEos());
    StopMatcher ignoring = matcher(builder.ignoreEos(true).build());
    assertEquals("<eos>", ignoring.push(EOS));
    assertFalse(ignoring.isStopped());
    StopMatcher asked = matcher(builder.hiddenId(EOS).build());
    assertEquals("", asked.push(EOS));
    assertFalse(asked.match().orElseThrow().isEos());
  }

  @Test
  void string_inBytesThatWereHeld_stopsBeforeTheStopId() {
    StopSequences stops = StopSequences.builder().hiddenString("🙂").eosIds(Set.of(EOS)).build();
    StopMatcher matcher = matcher(stops);
    matcher.push(id("a"));
    for (String part : List.of("<0xF0>", "<0x9F>", "<0x99>", "<0x82>")) {
      assertEquals("", matcher.push(id(part)));
    }
    assertEquals("", matcher.push(EOS));
    assertEquals(Optional.of("🙂"), matcher.match().orElseThrow().string());
  }

  @Test
  void options_withoutSense_areRefused() {
    StopSequences.Builder builder = StopSequences.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.hiddenString(""));
    assertThrows(IllegalArgumentException.class, () -> builder.minTokens(-1));
  }
}
