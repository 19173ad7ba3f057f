package dev.remora.sglang;

import dev.remora.proto.SglangGenerate.GenerateStreamChunk;
import dev.remora.proto.SglangGenerate.OutputLogProbs;
import dev.remora.proto.SglangGenerate.TopLogProbs;
import java.util.ArrayList;
import java.util.List;

/** Ids that a worker has generated, those that are new. Immutable. */
public final class GeneratedIds {
  private final int[] ids;
  private final List<TokenLogprob> logprobs;

  private GeneratedIds(int[] ids, List<TokenLogprob> logprobs) {
    this.ids = ids;
    this.logprobs = List.copyOf(logprobs);
  }

  static GeneratedIds of(GenerateStreamChunk chunk) {
    int[] ids = chunk.getTokenIdsList().stream().mapToInt(Integer::intValue).toArray();
    OutputLogProbs given = chunk.getOutputLogprobs();
    List<TokenLogprob> logprobs = new ArrayList<>();
    int told = Math.min(given.getTokenLogprobsCount(), ids.length); // a worker may say anything
    for (int index = 0; index < told; index++) {
      List<TokenLogprob> top =
          index < given.getTopLogprobsCount() ? top(given.getTopLogprobs(index)) : List.of();
      logprobs.add(new TokenLogprob(ids[index], given.getTokenLogprobs(index), top));
    }
    return new GeneratedIds(ids, logprobs);
  }

  private static List<TokenLogprob> top(TopLogProbs given) {
    List<TokenLogprob> top = new ArrayList<>();
    int count = Math.min(given.getTokenIdsCount(), given.getValuesCount());
    for (int index = 0; index < count; index++) {
      top.add(new TokenLogprob(given.getTokenIds(index), given.getValues(index), List.of()));
    }
    return top;
  }

  /** How many ids there are. */
  public int size() {
    return ids.length;
  }

  /**
   * One of them.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public int id(int index) {
    return ids[index];
  }

  /** The ids, as a new array. */
  public int[] ids() {
    return ids.clone();
  }

  /** How probable each was, in order; empty where that was not asked for, or is not told. */
  public List<TokenLogprob> logprobs() {
    return logprobs;
  }

  /** How many ids there are. */
  @Override
  public String toString() {
    return "GeneratedIds[" + ids.length + "]";
  }
}
