package dev.remora.sglang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {
  @Test
  void builder_refusesWhatTheWorkerWould() {
    List<Consumer<GenerationRequest.Builder>> wrong =
        List.of(
            builder -> builder.temperature(-1),
            builder -> builder.temperature(Double.NaN),
            builder -> builder.topP(0),
            builder -> builder.topP(1.5),
            builder -> builder.topK(0),
            builder -> builder.frequencyPenalty(3),
            builder -> builder.presencePenalty(Double.NaN),
            builder -> builder.maxNewTokens(-1),
            builder -> builder.logprobs(21));
    for (Consumer<GenerationRequest.Builder> setter : wrong) {
      GenerationRequest.Builder builder = GenerationRequest.builder(1);
      assertThrows(IllegalArgumentException.class, () -> setter.accept(builder));
    }
    GenerationRequest request = GenerationRequest.builder(1, 2).requestId("r").build();
    assertEquals("GenerationRequest[r, 2 ids]", request.toString());
    assertFalse(request.maxNewTokens().isPresent());
    assertArrayEquals(
        new int[] {1, 2},
        request.message().getTokenized().getInputIdsList().stream()
            .mapToInt(Integer::intValue)
            .toArray());
  }
}
