package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.forms.TinyTokenizers;
import dev.remora.proto.WorkerService;
import dev.remora.server.ModelInfo;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules M1 and M2: the tokenizer against what the worker says of its model, over real sockets. */
class ModelInfoCheckTest {
  private static final TokenizerFiles FILES =
      TokenizerFiles.of(
          Map.of(
              "tokenizer.json",
              TinyTokenizers.byteLevel(), // ids up to 265
              "generation_config.json",
              Archives.utf8("{\"eos_token_id\": [265, 264]}")));

  private final List<String> warnings = new ArrayList<>();
  private final LoadOptions.Builder options =
      LoadOptions.builder()
          .listener(
              new LoadListener() {
                @Override
                public void mismatched(String worker, Rule rule, String problem) {
                  warnings.add(rule + " " + problem);
                }
              });

  private void load(WorkerService service, int rows, Integer... eosIds) {
    ModelInfo info = new ModelInfo("m", "1", rows, List.of(eosIds), 264);
    try (TestWorker worker =
            TestWorker.serving(TokenizerServer.builder(FILES).service(service).modelInfo(info));
        Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), options.build())) {
      assertEquals(4, tokenizer.count("hello world"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "VLLM"})
  void modelThatFits_isNoEvent(WorkerService service) {
    load(service, 266, 264, 265);
    load(service, 320, 265);
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "VLLM"})
  void modelWithFewerRows_isAnEvent(WorkerService service) {
    load(service, 265, 265);
    assertEquals(List.of("M1 the tokenizer has ids up to 265, the model has 265 rows"), warnings);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "VLLM"})
  void eosIdThatTheBundleDoesNotName_isAnEvent(WorkerService service) {
    load(service, 266, 3, 265);
    assertEquals(List.of("M2 the worker's EOS ids [3] are none of the bundle's"), warnings);
  }

  @Test
  void whatTheWorkerDoesNotSay_isNoEvent() {
    load(WorkerService.SGLANG, 0);
    assertEquals(List.of(), warnings);
  }

  @Test
  void refusal_isABundleExceptionOfItsRule() {
    options.modelInfoCheck(ModelInfoCheck.REFUSE);
    BundleException rows =
        assertThrows(BundleException.class, () -> load(WorkerService.VLLM, 100, 265));
    assertEquals(Optional.of(Rule.M1), rows.rule());
    BundleException eos =
        assertThrows(BundleException.class, () -> load(WorkerService.VLLM, 300, 1));
    assertEquals(Optional.of(Rule.M2), eos.rule());
    assertEquals(1, eos.attempts().size());
  }

  @Test
  void off_asksNobody() {
    options.modelInfoCheck(ModelInfoCheck.OFF);
    load(WorkerService.VLLM, 100, 1);
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "VLLM"})
  void namesOfTheModel_areThoseOfTheBundle(WorkerService service) {
    ModelInfo info = new ModelInfo("DeepSeek-V4-0731", "1", 266, List.of(265), 264);
    try (TestWorker worker =
            TestWorker.serving(
                TokenizerServer.builder(FILES)
                    .service(service)
                    .modelIdentifier("/models/a")
                    .modelInfo(info));
        Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), options.build())) {
      assertEquals(List.of("/models/a", "DeepSeek-V4-0731"), tokenizer.bundle().modelNames());
      assertEquals(Optional.of("/models/a"), tokenizer.bundle().modelIdentifier());
      assertEquals(4, tokenizer.count("hello world"));
    }
  }

  @Test
  void equalBundles_ofTwoModels_keepTheirNames() {
    ModelInfo first = new ModelInfo("v4", "1", 266, List.of(265), 264);
    ModelInfo second = new ModelInfo("v4-0731", "1", 266, List.of(265), 264);
    try (TokenizerRegistry registry = TokenizerRegistry.create();
        TestWorker one =
            TestWorker.serving(
                TokenizerServer.builder(FILES).modelIdentifier("a").modelInfo(first));
        TestWorker other =
            TestWorker.serving(
                TokenizerServer.builder(FILES).modelIdentifier("b").modelInfo(second));
        Tokenizer a =
            registry.acquire("a", RemoteTokenizerLoader.of(one.channel(), options.build()));
        Tokenizer b =
            registry.acquire("b", RemoteTokenizerLoader.of(other.channel(), options.build()))) {
      assertEquals(List.of("a", "v4"), a.bundle().modelNames());
      assertEquals(List.of("b", "v4-0731"), b.bundle().modelNames());
      assertEquals(Optional.of("b"), b.bundle().modelIdentifier());
    }
  }

  @Test
  void workerWithoutTheMethod_isTakenAtItsWord() {
    options.modelInfoCheck(ModelInfoCheck.REFUSE);
    try (TestWorker worker = TestWorker.serving(1);
        Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), options.build())) {
      assertTrue(tokenizer.idBound() == 266 && tokenizer.vocabularySize() == 266);
    }
  }
}
