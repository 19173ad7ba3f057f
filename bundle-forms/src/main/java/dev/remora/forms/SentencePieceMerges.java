package dev.remora.forms;

import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Recovers the merges of a SentencePiece BPE model, which has only pieces and scores, as Hugging
 * Face does: every way to cut a piece into two pieces is a merge; the higher score first, then the
 * longer left part, then the longer right part, then the order of the pieces.
 */
final class SentencePieceMerges {
  /** Real models have less than a million; a small file can stand for a thousand times as many. */
  private static final int MAX_MERGES = 1 << 20;

  /** One merge; lengths in code points. */
  private record Merge(int left, int right, double score, int leftLength, int rightLength) {}

  private static final Comparator<Merge> IN_A_PIECE =
      Comparator.comparingInt(Merge::left).thenComparingInt(Merge::right);

  private static final Comparator<Merge> IN_ALL =
      Comparator.comparingDouble(Merge::score)
          .thenComparingInt(Merge::leftLength)
          .thenComparingInt(Merge::rightLength)
          .reversed();

  private SentencePieceMerges() {}

  /**
   * The merges.
   *
   * @param vocabulary the pieces
   * @param pieces the pieces in UTF-8, by id
   * @param scores of each piece; that of no merge is {@link Model.Unigram#NEVER}
   * @param guard ends it early
   * @throws LimitException if there are more than a million, or their tokens have more than 16 MiB
   */
  static MergeList recover(
      Vocabulary vocabulary, List<byte[]> pieces, double[] scores, BuildGuard guard) {
    List<Merge> all = new ArrayList<>();
    List<Merge> local = new ArrayList<>();
    for (int id = 0; id < scores.length; id++) {
      guard.check();
      local.clear();
      if (scores[id] != Model.Unigram.NEVER) {
        collect(vocabulary, pieces.get(id), scores[id], local);
        local.removeIf(
            merge ->
                scores[merge.left()] == Model.Unigram.NEVER
                    || scores[merge.right()] == Model.Unigram.NEVER);
      }
      local.sort(IN_A_PIECE);
      all.addAll(local);
      if (all.size() > MAX_MERGES) {
        throw new LimitException(
            Rule.C8, "merges of the SentencePiece model", MAX_MERGES, all.size());
      }
    }
    all.sort(IN_ALL);
    MergeList.Builder merges = MergeList.builder();
    for (Merge merge : all) {
      byte[] left = pieces.get(merge.left());
      byte[] right = pieces.get(merge.right());
      merges.merge(left, 0, left.length, right, 0, right.length);
      BundleForms.checkRecovered(merges);
    }
    return merges.build();
  }

  private static void collect(
      Vocabulary vocabulary, byte[] piece, double score, List<Merge> merges) {
    int length = Utf8.count(piece, 0, piece.length);
    TokenCuts.each(
        vocabulary,
        piece,
        0,
        piece.length,
        false,
        (left, right, at) -> {
          int before = Utf8.count(piece, 0, at);
          merges.add(new Merge(left, right, score, before, length - before));
        });
  }
}
