package dev.remora.engine;

import dev.remora.TokenDetails;
import java.util.ArrayList;
import java.util.List;

/**
 * The post-processors of a definition in turn: special tokens around the ids, and offsets without
 * white space. Thread-safe.
 */
final class PostProcessor {
  /** The character that ByteLevel has for a space. */
  private static final char SPACE = ByteLevelAlphabet.charOf(' ');

  /** One that puts special tokens before and behind. */
  record Template(
      List<Integer> idsBefore,
      List<String> tokensBefore,
      List<Integer> idsBehind,
      List<String> tokensBehind) {}

  /** One that cuts white space off the offsets, but for a space that was put before the text. */
  record Trim(boolean prefixedSpace) {}

  private final List<Trim> trims;
  private final int[] idsBefore;
  private final int[] idsBehind;
  private final List<String> tokensBefore = new ArrayList<>();
  private final List<String> tokensBehind = new ArrayList<>();

  PostProcessor(List<Trim> trims, List<Template> templates) {
    this.trims = List.copyOf(trims);
    List<Integer> before = new ArrayList<>();
    List<Integer> behind = new ArrayList<>();
    for (Template template : templates) {
      before.addAll(0, template.idsBefore());
      tokensBefore.addAll(0, template.tokensBefore());
      behind.addAll(template.idsBehind());
      tokensBehind.addAll(template.tokensBehind());
    }
    this.idsBefore = ints(before);
    this.idsBehind = ints(behind);
  }

  private static int[] ints(List<Integer> values) {
    int[] ints = new int[values.size()];
    for (int index = 0; index < ints.length; index++) {
      ints[index] = values.get(index);
    }
    return ints;
  }

  /** How many ids come to those of the text. */
  int added() {
    return idsBefore.length + idsBehind.length;
  }

  /** The ids of the text as an array of their own, with special tokens or without. */
  int[] process(Ids ids, boolean addSpecialTokens) {
    int before = addSpecialTokens ? idsBefore.length : 0;
    int behind = addSpecialTokens ? idsBehind.length : 0;
    int[] all = new int[before + ids.count + behind];
    System.arraycopy(idsBefore, 0, all, 0, before);
    System.arraycopy(ids.values, 0, all, before, ids.count);
    System.arraycopy(idsBehind, 0, all, before + ids.count, behind);
    return all;
  }

  /** The details of what was recorded, with special tokens or without. */
  TokenDetails process(Recorder recorder, String text, boolean addSpecialTokens) {
    for (Trim trim : trims) {
      for (int index = 0; index < recorder.count(); index++) {
        trim(trim, recorder, index);
      }
    }
    return addSpecialTokens
        ? recorder.details(text, tokensBefore, tokensBehind)
        : recorder.details(text, List.of(), List.of());
  }

  private static void trim(Trim trim, Recorder recorder, int index) {
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
