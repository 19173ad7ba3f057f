package dev.remora.core.decode;

import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.FallbackByte;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a decoder in the order in which they run: changes of tokens, tokens that are bytes,
 * changes of tokens again, the byte-level alphabet, and changes of the text that the tokens make
 * together. Immutable and thread-safe.
 *
 * @param before changes tokens before those that are bytes are found
 * @param byteFallback whether tokens such as {@code <0x0A>} are bytes
 * @param after changes the tokens that are none, and the text that bytes become
 * @param byteLevel whether tokens are spelled in the byte-level alphabet
 * @param textChanges changes the text of all tokens
 * @param replacesInText whether one of these replaces characters
 */
record DecoderPlan(
    TokenChanges before,
    boolean byteFallback,
    TokenChanges after,
    boolean byteLevel,
    List<TextChange> textChanges,
    boolean replacesInText) {
  /** What stands for a byte that is no UTF-8. */
  static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private static final byte[] NOTHING = {};
  private static final byte[] SPACE = {' '};

  DecoderPlan {
    textChanges = List.copyOf(textChanges);
  }

  /** Changes one token. */
  @FunctionalInterface
  interface TokenChange {
    /** Changes a token, knowing whether it is the first and the last of all. */
    void apply(ByteText token, boolean first, boolean last);
  }

  /**
   * Changes of tokens, one after the other.
   *
   * @param changes the changes
   * @param dependOnFirst whether one of them changes the first token differently
   * @param dependOnLast whether one of them changes the last token differently
   */
  record TokenChanges(List<TokenChange> changes, boolean dependOnFirst, boolean dependOnLast) {
    TokenChanges {
      changes = List.copyOf(changes);
    }

    void apply(ByteText token, boolean first, boolean last) {
      for (TokenChange change : changes) {
        change.apply(token, first, last);
      }
    }
  }

  /** Changes a text that comes in parts of whole characters. Immutable. */
  static final class TextChange {
    private final byte[] character;
    private final byte[] content;
    private final int most;

    private TextChange(byte[] character, byte[] content, int most) {
      this.character = character;
      this.content = content;
      this.most = most;
    }

    /** The one character that is replaced, or taken away. */
    byte[] character() {
      return character;
    }

    /** What it is replaced by. */
    byte[] content() {
      return content;
    }

    /** How often it is taken away at the start of the text at most; 0 for a replacement. */
    int most() {
      return most;
    }

    boolean isStrip() {
      return most > 0;
    }
  }

  /** Whether the first token may leave other text than the same token later on. */
  boolean dependsOnFirst() {
    return before.dependOnFirst || after.dependOnFirst;
  }

  /** Whether a token can be changed only when it is known whether bytes come after it. */
  boolean holdsAfterBytes() {
    return byteFallback && after.dependOnLast;
  }

  /** Whether anything is taken away at the start of the text. */
  boolean strips() {
    return textChanges.stream().anyMatch(TextChange::isStrip);
  }

  /** For each change of the text how much it takes away at most. */
  int[] mostStripped() {
    return textChanges.stream().mapToInt(TextChange::most).toArray();
  }

  /** Makes a text, from inside of which a part is, as it is after all changes. */
  String changedInside(ByteText part) {
    if (!replacesInText) {
      return part.toString();
    }
    repair(part);
    for (TextChange change : textChanges) {
      if (!change.isStrip()) {
        part.replace(change.character(), change.content());
      }
    }
    return part.toString();
  }

  /** Puts U+FFFD in place of bytes that are no UTF-8: only the byte-level alphabet spells any. */
  void repair(ByteText text) {
    if (byteLevel) {
      byte[] repaired = text.toString().getBytes(StandardCharsets.UTF_8);
      text.set(repaired, 0, repaired.length);
    }
  }

  /** Turns a token into the bytes that it spells; one that spells none is its own text. */
  void spell(ByteText token) {
    if (!byteLevel) {
      return;
    }
    byte[] spelled = new byte[token.length()];
    int end = ByteAlphabet.decode(token.bytes(), 0, token.length(), spelled, 0);
    if (end >= 0) {
      token.set(spelled, 0, end);
    }
  }

  /** The byte that a token such as {@code <0x0A>} is; -1 for none, as for {@code <0x+A>}. */
  int byteOf(ByteText token) {
    return byteFallback ? FallbackByte.of(token.bytes(), 0, token.length()) : -1;
  }

  /** The steps of a definition's decoder; without one, a space stands between tokens. */
  static DecoderPlan of(TokenizerDefinition definition) throws NeedsAllTokens {
    Reader reader = new Reader();
    if (definition.decoder().isEmpty()) {
      reader.addSpaces();
    }
    for (Decoder decoder : definition.decoders()) {
      reader.add(decoder);
    }
    return reader.plan();
  }

  /** A decoder cannot run on parts of the tokens; the message says what it has. */
  static final class NeedsAllTokens extends Exception {
    private static final long serialVersionUID = 1L;

    NeedsAllTokens(String what) {
      super(what);
    }

    /** What the decoder has that needs all tokens. */
    String what() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads the decoders in their order. Not thread-safe. */
  private static final class Reader {
    private final List<TokenChange> changes = new ArrayList<>(); // since bytes were found
    private final List<TextChange> textChanges = new ArrayList<>();
    private TokenChanges before = new TokenChanges(List.of(), false, false);
    private boolean dependOnFirst;
    private boolean dependOnLast;
    private boolean byteFallback;
    private boolean byteLevel;
    private boolean fused;

    DecoderPlan plan() {
      TokenChanges last = new TokenChanges(changes, dependOnFirst, dependOnLast);
      boolean replaces = textChanges.stream().anyMatch(change -> !change.isStrip());
      return byteFallback
          ? new DecoderPlan(before, true, last, byteLevel, textChanges, replaces)
          : new DecoderPlan(last, false, before, byteLevel, textChanges, replaces);
    }

    void add(Decoder decoder) throws NeedsAllTokens {
      if (decoder instanceof Decoder.Fuse) {
        fused = true;
      } else if (decoder instanceof Decoder.Replace replace) {
        addReplace(replace);
      } else if (decoder instanceof Decoder.Strip strip) {
        addStrip(strip);
      } else if (decoder instanceof Decoder.MetaspaceDecoder metaspace) {
        addMetaspace(metaspace);
      } else {
        addOnTokens(decoder);
      }
    }

    private void addOnTokens(Decoder decoder) throws NeedsAllTokens {
      if (decoder instanceof Decoder.Ctc) {
        throw new NeedsAllTokens("CTC");
      }
      if (fused) {
        throw new NeedsAllTokens(
            decoder.getClass().getSimpleName() + " after a step that fuses all tokens");
      }
      if (decoder instanceof Decoder.ByteLevel) {
        byteLevel = true;
        fused = true;
      } else if (decoder instanceof Decoder.ByteFallback) {
        addByteFallback();
      } else if (decoder instanceof Decoder.WordPiece wordPiece) {
        addWordPiece(wordPiece);
      } else if (decoder instanceof Decoder.Bpe bpe) {
        addBpe(bpe);
      }
    }

    private void addByteFallback() throws NeedsAllTokens {
      if (byteFallback) {
        throw new NeedsAllTokens("ByteFallback twice");
      }
      byteFallback = true;
      before = new TokenChanges(changes, dependOnFirst, dependOnLast);
      changes.clear();
      dependOnFirst = false;
      dependOnLast = false;
    }

    private void addReplace(Decoder.Replace replace) throws NeedsAllTokens {
      if (!(replace.pattern() instanceof StringPattern.Literal literal)) {
        throw new NeedsAllTokens("Replace with a regular expression");
      }
      if (literal.text().isEmpty()) {
        throw new NeedsAllTokens("Replace of nothing");
      }
      replace(literal.text(), replace.content(), replace.content());
    }

    private void addMetaspace(Decoder.MetaspaceDecoder metaspace) throws NeedsAllTokens {
      String mark = metaspace.settings().replacement();
      if (mark.isEmpty()) {
        throw new NeedsAllTokens("Metaspace without a replacement");
      }
      boolean prepends = metaspace.settings().prependScheme() != PrependScheme.NEVER;
      replace(mark, prepends ? "" : " ", " ");
    }

    /** Replaces in each token; once the tokens are fused, their text is the first of all. */
    private void replace(String searched, String first, String rest) throws NeedsAllTokens {
      byte[] mark = utf8(searched);
      byte[] inFirst = utf8(first);
      byte[] inRest = utf8(rest);
      if (!fused) {
        dependOnFirst |= !first.equals(rest);
        changes.add((token, isFirst, isLast) -> token.replace(mark, isFirst ? inFirst : inRest));
      } else if (searched.codePointCount(0, searched.length()) == 1) {
        textChanges.add(new TextChange(mark, inFirst, 0));
      } else {
        throw new NeedsAllTokens(
            "Replace of several characters after a step that fuses all tokens");
      }
    }

    private void addStrip(Decoder.Strip strip) throws NeedsAllTokens {
      if (strip.stop() != 0 || strip.content().isEmpty()) {
        throw new NeedsAllTokens("Strip at the end of tokens");
      }
      byte[] character = utf8(Character.toString(strip.content().codePointAt(0)));
      int most = strip.start();
      if (most <= 0) {
        return;
      }
      if (fused) {
        textChanges.add(new TextChange(character, NOTHING, most));
      } else {
        changes.add((token, isFirst, isLast) -> token.strip(character, most));
      }
    }

    private void addBpe(Decoder.Bpe bpe) throws NeedsAllTokens {
      if (bpe.suffix().isEmpty()) {
        throw new NeedsAllTokens("BPEDecoder without a suffix");
      }
      byte[] suffix = utf8(bpe.suffix());
      dependOnLast = true;
      changes.add((token, isFirst, isLast) -> token.replace(suffix, isLast ? NOTHING : SPACE));
    }

    private void addWordPiece(Decoder.WordPiece wordPiece) {
      byte[] prefix = utf8(wordPiece.prefix());
      dependOnFirst = true;
      changes.add(
          (token, isFirst, isLast) -> {
            if (!isFirst && token.startsWith(prefix)) {
              token.dropStart(prefix.length);
            } else if (!isFirst) {
              token.prepend(SPACE);
            }
          });
      if (wordPiece.cleanup()) {
        for (EnglishSpacing spacing : EnglishSpacing.ALL) {
          byte[] searched = utf8(spacing.written());
          byte[] content = utf8(spacing.read());
          changes.add((token, isFirst, isLast) -> token.replace(searched, content));
        }
      }
    }

    void addSpaces() {
      dependOnFirst = true;
      changes.add(
          (token, isFirst, isLast) -> {
            if (!isFirst) {
              token.prepend(SPACE);
            }
          });
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
