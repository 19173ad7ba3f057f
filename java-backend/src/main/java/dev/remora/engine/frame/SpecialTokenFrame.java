package dev.remora.engine.frame;

import dev.remora.TokenDetails;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.IdList;
import java.util.ArrayList;
import java.util.List;

/**
 * The post-processors of a definition in turn: special tokens around the ids, and offsets without
 * white space. Thread-safe.
 */
public final class SpecialTokenFrame {
  /** The character that ByteLevel has for a space. */
  private static final char SPACE = ByteAlphabet.charOf(' ');

  /** One that puts special tokens before and after a text. */
  record Template(Side before, Side after) {}

  /** One that cuts white space off the offsets, except for a space that was put before the text. */
  record Trim(boolean prefixedSpace) {}

  /** The special tokens on one side of a text. Not thread-safe. */
  static final class Side {
    private final List<Integer> ids = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    void add(TemplateTokens more) {
      ids.addAll(more.ids());
      tokens.addAll(more.tokens());
    }
  }

  private final List<Trim> trims;
  private final int[] idsBefore;
  private final int[] idsAfter;
  private final List<String> tokensBefore = new ArrayList<>();
  private final List<String> tokensAfter = new ArrayList<>();

  SpecialTokenFrame(List<Trim> trims, List<Template> templates) {
    this.trims = List.copyOf(trims);
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (Template template : templates) {
      before.addAll(0, template.before().ids);
      tokensBefore.addAll(0, template.before().tokens);
      after.addAll(template.after().ids);
      tokensAfter.addAll(template.after().tokens);
    }
    this.idsBefore = ints(before);
    this.idsAfter = ints(after);
  }

  private static int[] ints(List<Integer> values) {
    int[] ints = new int[values.size()];
    for (int index = 0; index < ints.length; index++) {
      ints[index] = values.get(index);
    }
    return ints;
  }

  /** How many ids there are around those of the text. */
  public int size() {
    return idsBefore.length + idsAfter.length;
  }

  /** The ids of the text as an array of their own, with special tokens or without. */
  public int[] around(IdList ids, boolean addSpecialTokens) {
    int before = addSpecialTokens ? idsBefore.length : 0;
    int after = addSpecialTokens ? idsAfter.length : 0;
    int[] all = new int[before + ids.count + after];
    System.arraycopy(idsBefore, 0, all, 0, before);
    System.arraycopy(ids.values, 0, all, before, ids.count);
    System.arraycopy(idsAfter, 0, all, before + ids.count, after);
    return all;
  }

  /** The details of what was recorded, with special tokens or without. */
  public TokenDetails around(EncodingRecorder recorder, String text, boolean addSpecialTokens) {
    for (Trim trim : trims) {
      for (int index = 0; index < recorder.count(); index++) {
        trim(trim, recorder, index);
      }
    }
    return addSpecialTokens
        ? recorder.details(text, tokensBefore, tokensAfter)
        : recorder.details(text, List.of(), List.of());
  }

  private static void trim(Trim trim, EncodingRecorder recorder, int index) {
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
      boolean isFirst = index == 0 || start == 0;
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
