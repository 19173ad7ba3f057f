package dev.remora.sglang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.proto.SglangGenerate.GenerateStreamChunk;
import dev.remora.proto.SglangGenerate.OutputLogProbs;
import dev.remora.proto.SglangGenerate.TopLogProbs;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedIdsTest {
  @Test
  void moreLogprobsThanIds_areLeftOut() {
    TopLogProbs top = TopLogProbs.newBuilder().addTokenIds(7).addValues(-1).addValues(-2).build();
    GenerateStreamChunk chunk =
        GenerateStreamChunk.newBuilder()
            .addTokenIds(7)
            .setOutputLogprobs(
                OutputLogProbs.newBuilder()
                    .addTokenLogprobs(-1)
                    .addTokenLogprobs(-2)
                    .addTopLogprobs(top)
                    .addTopLogprobs(top))
            .build();
    GeneratedIds ids = GeneratedIds.of(chunk);
    assertArrayEquals(new int[] {7}, ids.ids());
    List<TokenLogprob> alternatives = List.of(new TokenLogprob(7, -1, List.of()));
    assertEquals(List.of(new TokenLogprob(7, -1, alternatives)), ids.logprobs());
  }
}
