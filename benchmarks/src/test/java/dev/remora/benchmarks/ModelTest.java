package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ModelTest {
  @Test
  void regexOfQwen_isServedByBothEngines() {
    Model model = Model.of("qwen3.5-regex");
    assertTrue(model.isServedBy("java"));
    assertTrue(model.isServedBy("djl"));
  }
}
