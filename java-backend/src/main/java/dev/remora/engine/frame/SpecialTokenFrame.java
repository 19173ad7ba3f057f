package dev.remora.engine.frame;

import dev.remora.TokenDetails;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.IdList;
import java.util.Arrays;
import java.util.List;

/**
 * The post-processors of a definition in turn: special tokens around the ids, and offsets without
 * white space. Thread-safe.
 */
public final class SpecialTokenFrame {
  /** The character that ByteLevel has for a space. */
  private static final char SPACE = ByteAlphabet.charOf(' ');

  /**
   * One that cuts white space off the offsets, except for a space that was put before the text.
   *
   * @param prefixedSpace whether one was
   * @param textIsFirst whether the text has no special tokens before it by then, where it has any
   */
  record Trim(boolean prefixedSpace, boolean textIsFirst) {}

  private final List<Trim> trims;
  private final int[] idsBefore;
  private final int[] idsAfter;
  private final List<String> tokensBefore;
  private final List<String> tokensAfter;

  SpecialTokenFrame(List<Trim> trims, List<TokenId> before, List<TokenId> after) {
    this.trims = List.copyOf(trims);
    this.idsBefore = before.stream().mapToInt(TokenId::id).toArray();
    this.idsAfter = after.stream().mapToInt(TokenId::id).toArray();
    this.tokensBefore = before.stream().map(TokenId::content).toList();
    this.tokensAfter = after.stream().map(TokenId::content).toList();
  }

  /** How many ids there are around those of the text. */
  public int size() {
    return idsBefore.length + idsAfter.length;
  }

  /** The ids of the text as an array of their own, with special tokens or without. */
  public int[] around(IdList ids, boolean addSpecialTokens) {
    int before = addSpecialTokens ? idsBefore.length : 0;
    int after = addSpecialTokens ? idsAfter.length : 0;
    if (before + after == 0) {
      return Arrays.copyOf(ids.values, ids.count);
    }
    int[] all = new int[before + ids.count + after];
    System.arraycopy(idsBefore, 0, all, 0, before);
    System.arraycopy(ids.values, 0, all, before, ids.count);
    System.arraycopy(idsAfter, 0, all, before + ids.count, after);
    return all;
  }

  /** The details of what was recorded, with special tokens or without. */
  public TokenDetails around(EncodingRecorder recorder, String text, boolean addSpecialTokens) {
    for (Trim trim : trims) {
      boolean textIsFirst = trim.textIsFirst() || !addSpecialTokens;
      for (int index = 0; index < recorder.count(); index++) {
        trim(trim, recorder, index, textIsFirst && index == 0);
      }
    }
    return addSpecialTokens
        ? recorder.details(text, tokensBefore, tokensAfter)
        : recorder.details(text, List.of(), List.of());
  }

  private static void trim(Trim trim, EncodingRecorder recorder, int index, boolean isFirstToken) {
    int[] codePoints = recorder.token(index).codePoints().toArray();
    int leading = 0;
    while (leading < codePoints.length && isSpace(codePoints[leading])) {
      leading++;
    }
    int trailing = 0;
    while (trailing < codePoints.length && isSpace(codePoints[codePoints.length - 1 - trailing])) {
      trailing++;
    }
    int start = recorder.start(index);
    int end = recorder.end(index);
    if (leading > 0) {
      boolean isFirst = isFirstToken || start == 0;
      int cut = isFirst && trim.prefixedSpace() ? leading - 1 : leading;
      start = Math.min(start + cut, end);
    }
    if (trailing > 0 && end >= trailing) {
      end = Math.max(end - trailing, start);
    }
    recorder.setOffset(index, start, end);
  }

  private static boolean isSpace(int codePoint) {
    return codePoint == SPACE
        || (CharacterClasses.of(codePoint) & CharacterClasses.CATEGORY) == CharacterClasses.SPACE;
  }
}
