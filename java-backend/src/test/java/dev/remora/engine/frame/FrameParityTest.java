package dev.remora.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.engine.TestDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each post-processor puts the tokens around a text, and trims offsets, as the reference does. */
final class FrameParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 50_000) / 50;

  private static final String TEMPLATE =
      """
      {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"b","type_id":0}},
      {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"b","type_id":0}}],"pair":[],
      "special_tokens":{"b":{"id":"b","ids":[427,428],"tokens":["<|begin|>","<|end|>"]}}}
      """;

  static List<String> processors() {
    List<String> all = new ArrayList<>();
    all.add("{\"type\":\"BertProcessing\",\"sep\":[\"<|end|>\",428],\"cls\":[\"<|begin|>\",427]}");
    for (int flags = 0; flags < 4; flags++) {
      boolean trim = flags < 2;
      boolean space = flags % 2 == 0;
      all.add(roberta(trim, space));
      all.add(sequence(byteLevel(trim, space), TEMPLATE));
      all.add(sequence(TEMPLATE, byteLevel(trim, space)));
      all.add(sequence(roberta(false, false), byteLevel(trim, space)));
    }
    return all;
  }

  private static String roberta(boolean trim, boolean space) {
    return """
        {"type":"RobertaProcessing","sep":["<|end|>",428],"cls":["<|begin|>",427],
        "trim_offsets":%s,"add_prefix_space":%s}
        """
        .formatted(trim, space);
  }

  private static String byteLevel(boolean trim, boolean space) {
    return "{\"type\":\"ByteLevel\",\"trim_offsets\":%s,\"add_prefix_space\":%s,\"use_regex\":true}"
        .formatted(trim, space);
  }

  private static String sequence(String... parts) {
    return "{\"type\":\"Sequence\",\"processors\":[%s]}".formatted(String.join(",", parts));
  }

  @ParameterizedTest
  @MethodSource("processors")
  void texts_ofEveryKind_areEqual(String processor) {
    String json = new String(ContractBundle.BYTE_LEVEL.json(), StandardCharsets.UTF_8);
    TokenizerDefinition definition =
        TestDefinitions.of(TestDefinitions.replaceMember(json, "post_processor", processor));
    List<String> failures = new ArrayList<>();
    try (EngineComparison comparison =
        new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
      comparison.randomTexts(20261127, TEXTS);
      comparison.addedTokens();
      for (String text : List.of("", " ", "  a", "a  ", "\n\n a \n", " <|end|> ", "<tool>  x")) {
        comparison.text(text, true, true);
        comparison.text(text, false, true);
      }
      assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
    }
  }
}
