package dev.remora.forms;

import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.core.engine.Vocabulary;
import java.nio.charset.StandardCharsets;
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
  private static final int MOST_MERGES = 1 << 22;

  /** One merge; lengths in code points. */
  private record Merge(int left, int right, float score, int leftLength, int rightLength) {}

  private static final Comparator<Merge> IN_A_PIECE =
      Comparator.comparingInt(Merge::left).thenComparingInt(Merge::right);

  private static final Comparator<Merge> IN_ALL =
      Comparator.comparing(Merge::score)
          .thenComparingInt(Merge::leftLength)
          .thenComparingInt(Merge::rightLength)
          .reversed();

  private SentencePieceMerges() {}

  static void write(AssembledJson json, List<String> pieces, List<Float> scores) {
    byte[][] tokens = new byte[pieces.size()][];
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int id = 0; id < tokens.length; id++) {
      tokens[id] = pieces.get(id).getBytes(StandardCharsets.UTF_8);
      builder.token(tokens[id], 0, tokens[id].length, id);
    }
    Vocabulary vocabulary = builder.build();
    List<Merge> all = new ArrayList<>();
    List<Merge> local = new ArrayList<>();
    for (int id = 0; id < tokens.length; id++) {
      local.clear();
      collect(vocabulary, tokens[id], scores.get(id), local);
      local.sort(IN_A_PIECE);
      all.addAll(local);
      if (all.size() > MOST_MERGES) {
        throw new LimitException(
            Rule.C8, "merges of the SentencePiece model", MOST_MERGES, all.size());
      }
    }
    all.sort(IN_ALL);
    for (Merge merge : all) {
      json.merge(pieces.get(merge.left()), pieces.get(merge.right()));
    }
  }

  private static void collect(
      Vocabulary vocabulary, byte[] piece, float score, List<Merge> merges) {
    int length = 0;
    for (byte b : piece) {
      length += begins(b) ? 1 : 0;
    }
    int before = 1;
    for (int cut = 1; cut < piece.length; cut++) {
      if (begins(piece[cut])) {
        int left = vocabulary.modelIdOf(piece, 0, cut);
        int right = left < 0 ? -1 : vocabulary.modelIdOf(piece, cut, piece.length);
        if (right >= 0) {
          merges.add(new Merge(left, right, score, before, length - before));
        }
        before++;
      }
    }
  }

  /** Whether a byte of UTF-8 begins a character. */
  private static boolean begins(byte b) {
    return (b & 0xC0) != 0x80;
  }
}
