package dev.remora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the small values keep, and what a debugger shows of them. */
class ValuesTest {
  @Test
  void encoding_showsNeitherIdsNorText() {
    Encoding encoding =
        new Encoding(
            new int[] {17, 18},
            () -> {
              throw new AssertionError("the details are computed");
            });
    assertEquals("Encoding[2 ids]", encoding.toString());
  }

  @Test
  void encodeOptions_showWhatIsSet() {
    assertEquals(
        "EncodeOptions[addSpecialTokens=false, specialTokensInText=RECOGNISE]",
        EncodeOptions.NO_SPECIAL_TOKENS.toString());
  }

  @Test
  void bundle_showsItsModelFilesAndDigest() {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .modelIdentifier("tiny")
            .add("tokenizer.json", new byte[] {1})
            .build();
    assertEquals("TokenizerBundle[tiny, 1 files, " + bundle.digest() + "]", bundle.toString());
  }

  @Test
  void fingerprint_isEqualByCheckAndHash() {
    Fingerprint matched = Fingerprint.matched("AA", "aa").orElseThrow();
    assertEquals(matched, Fingerprint.matched("aa", "aa").orElseThrow());
    assertEquals(matched.hashCode(), Fingerprint.matched("aa", "aa").orElseThrow().hashCode());
    assertEquals("MATCHED aa", matched.toString());
    assertEquals(false, matched.equals(Fingerprint.waived("aa")));
    assertEquals(Optional.empty(), Fingerprint.matched("ab", "aa"));
  }

  @Test
  void engineInfo_keepsTheOrderOfAsking() {
    Map<String, String> declined = new LinkedHashMap<>();
    for (String engine : List.of("zeta", "alpha", "midway", "beta")) {
      declined.put(engine, "no");
    }
    EngineInfo info = new EngineInfo("java", declined, ReferenceVersion.V0_21);
    declined.clear();
    assertEquals(
        List.of("zeta", "alpha", "midway", "beta"), new ArrayList<>(info.declined().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> info.declined().clear());
  }

  @Test
  void attempt_showsWhatEndedIt() {
    Duration elapsed = Duration.ofMillis(5);
    Attempt.Outcome failed = new Attempt.Failed(LoadStatus.UNAVAILABLE);
    Attempt.Outcome refused = new Attempt.Refused(ErrorKind.UNKNOWN_TOKEN, null);
    assertEquals(
        "a:1 UNAVAILABLE after 5 ms: gone",
        new Attempt("a:1", List.of("s.A"), failed, "gone", elapsed).toString());
    assertEquals(
        "a:1 unknown-token after 5 ms: id 7",
        new Attempt("a:1", List.of("s.A"), refused, "id 7", elapsed).toString());
  }
}
