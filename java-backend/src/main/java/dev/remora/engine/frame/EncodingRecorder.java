package dev.remora.engine.frame;

import dev.remora.TokenDetails;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.text.IdList;
import dev.remora.engine.text.Utf8Text;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.WordBlock;
import dev.remora.engine.word.WordModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokens and offsets of one encoding while it is made. Offsets are code points here, as the
 * post-processors count, and UTF-16 indices in the result. Of one call.
 */
public final class EncodingRecorder {
  private final Vocabulary vocabulary;
  private final WordModel model;
  private final List<String> tokens = new ArrayList<>();
  private final TokenSpans spans = new TokenSpans();
  private int[] offsets = new int[64];

  /** Nothing recorded yet. */
  public EncodingRecorder(Vocabulary vocabulary, WordModel model) {
    this.vocabulary = vocabulary;
    this.model = model;
  }

  /** An added token was found in a range, which is its text. */
  public void addedToken(Utf8Text text, int from, int to) {
    tokens.add(new String(text.bytes, from, to - from, StandardCharsets.UTF_8));
    offset(text, from, to);
  }

  /** The model made the ids from {@code first} on of the words of a block. */
  public void words(Utf8Text text, WordBlock block, WordModel.State state, IdList ids, int first) {
    int start = first;
    for (int word = 0; word < block.count; word++) {
      int end = block.idEnds[word];
      spans.clear();
      state.spans(text.bytes, block.start(word), block.ends[word], ids, start, end, spans);
      for (int index = start; index < end; index++) {
        int from = spans.from(index - start);
        int to = spans.to(index - start);
        tokens.add(name(ids.values[index], text, from, to));
        offset(text, from, to);
      }
      start = end;
    }
  }

  private String name(int id, Utf8Text text, int from, int to) {
    return model.isNamedByText(id)
        ? new String(text.bytes, from, to - from, StandardCharsets.UTF_8)
        : vocabulary.tokenOf(id).orElseThrow();
  }

  private void offset(Utf8Text text, int from, int to) {
    int at = 2 * tokens.size() - 2;
    if (at == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * at);
    }
    offsets[at] = text.starts == null ? 0 : text.starts[from];
    offsets[at + 1] = text.ends == null ? 0 : text.ends[to - 1];
  }

  int count() {
    return tokens.size();
  }

  String token(int index) {
    return tokens.get(index);
  }

  int start(int index) {
    return offsets[2 * index];
  }

  int end(int index) {
    return offsets[2 * index + 1];
  }

  void setOffset(int index, int start, int end) {
    offsets[2 * index] = start;
    offsets[2 * index + 1] = end;
  }

  /** The details, with tokens around them that are nowhere in the text. */
  TokenDetails details(String text, List<String> before, List<String> after) {
    List<String> all = new ArrayList<>(before);
    all.addAll(tokens);
    all.addAll(after);
    boolean[] special = new boolean[all.size()];
    Arrays.fill(special, true);
    Arrays.fill(special, before.size(), before.size() + tokens.size(), false);
    int[] utf16 = new int[2 * all.size()];
    int[] places = utf16Places(text);
    for (int index = 0; index < 2 * tokens.size(); index++) {
      utf16[2 * before.size() + index] = places[Math.min(offsets[index], places.length - 1)];
    }
    return new TokenDetails(all, utf16, special);
  }

  /** Where each code point of a text begins, and where the text ends. */
  private static int[] utf16Places(String text) {
    int[] places = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int index = 0; index + 1 < places.length; index++) {
      places[index] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    places[places.length - 1] = at;
    return places;
  }
}
