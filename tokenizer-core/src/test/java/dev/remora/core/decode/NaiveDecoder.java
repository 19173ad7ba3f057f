package dev.remora.core.decode;

import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.text.ByteAlphabet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tokenizers 0.21.4 does in {@code decode_chain}, step by step over lists of tokens. */
final class NaiveDecoder {
  private static final String[] CLEANUP = {
    " .", ".", " ?", "?", " !", "!", " ,", ",", " ' ", "'", " n't", "n't", " 'm", "'m", " do not",
    " don't", " 's", "'s", " 've", "'ve", " 're", "'re"
  };

  private static final Map<Integer, Integer> BYTES =
      IntStream.range(0, 256)
          .boxed()
          .collect(Collectors.toMap(value -> (int) ByteAlphabet.charOf(value), value -> value));

  private NaiveDecoder() {}

  static String decode(List<String> tokens, Decoder decoder) {
    return String.join("", chain(tokens, decoder));
  }

  private static List<String> chain(List<String> tokens, Decoder decoder) {
    if (decoder instanceof Decoder.Sequence sequence) {
      List<String> chained = tokens;
      for (Decoder part : sequence.parts()) {
        chained = chain(chained, part);
      }
      return chained;
    }
    if (decoder instanceof Decoder.Fuse) {
      return List.of(String.join("", tokens));
    }
    if (decoder instanceof Decoder.ByteLevel) {
      return List.of(byteLevel(tokens));
    }
    if (decoder instanceof Decoder.ByteFallback) {
      return byteFallback(tokens);
    }
    List<String> changed = new ArrayList<>();
    for (int index = 0; index < tokens.size(); index++) {
      boolean first = index == 0;
      boolean last = index == tokens.size() - 1;
      changed.add(change(decoder, first, last).apply(tokens.get(index)));
    }
    return changed;
  }

  private static UnaryOperator<String> change(Decoder decoder, boolean first, boolean last) {
    if (decoder instanceof Decoder.Replace replace
        && replace.pattern() instanceof StringPattern.Literal literal) {
      return token -> token.replace(literal.text(), replace.content());
    }
    if (decoder instanceof Decoder.Strip strip) {
      return token -> {
        int from = 0;
        while (from < strip.start() && token.startsWith(strip.content(), from)) {
          from++;
        }
        return token.substring(from);
      };
    }
    if (decoder instanceof Decoder.MetaspaceDecoder metaspace) {
      boolean drops = first && metaspace.settings().prependScheme() != PrependScheme.NEVER;
      return token -> token.replace(metaspace.settings().replacement(), drops ? "" : " ");
    }
    if (decoder instanceof Decoder.WordPiece wordPiece) {
      return token -> wordPiece(token, wordPiece, first);
    }
    if (decoder instanceof Decoder.Bpe bpe) {
      return token -> token.replace(bpe.suffix(), last ? "" : " ");
    }
    throw new AssertionError(decoder);
  }

  private static String wordPiece(String token, Decoder.WordPiece decoder, boolean first) {
    String text = token;
    if (!first) {
      boolean inside = token.startsWith(decoder.prefix());
      text = inside ? token.substring(decoder.prefix().length()) : " " + token;
    }
    for (int at = 0; decoder.cleanup() && at < CLEANUP.length; at += 2) {
      text = text.replace(CLEANUP[at], CLEANUP[at + 1]);
    }
    return text;
  }

  private static String byteLevel(List<String> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      ByteArrayOutputStream spelled = new ByteArrayOutputStream();
      token.chars().map(NaiveDecoder::byteOf).forEach(spelled::write);
      boolean all = token.chars().allMatch(unit -> byteOf(unit) >= 0);
      bytes.writeBytes(all ? spelled.toByteArray() : token.getBytes(StandardCharsets.UTF_8));
    }
    return lossy(bytes.toByteArray());
  }

  private static int byteOf(int unit) {
    return BYTES.getOrDefault(unit, -1);
  }

  /** Rust's from_utf8_lossy: a character, or one U+FFFD for the longest beginning of one. */
  private static String lossy(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(4, bytes.length - at);
      while (length > 0 && !isOneCharacter(bytes, at, length)) {
        length--;
      }
      if (length > 0) {
        text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      } else {
        text.append('\uFFFD');
        at += beginning(bytes, at);
      }
    }
    return text.toString();
  }

  private static boolean isOneCharacter(byte[] bytes, int at, int length) {
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, at, length);
      String text = StandardCharsets.UTF_8.newDecoder().decode(part).toString();
      return text.codePointCount(0, text.length()) == 1;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** How many bytes could still begin a character, by trying what could follow; at least one. */
  private static int beginning(byte[] bytes, int at) {
    for (int length = Math.min(3, bytes.length - at); length > 1; length--) {
      byte[] tried = new byte[4];
      System.arraycopy(bytes, at, tried, 0, length);
      for (int second = 0x80; second < 0xC0; second++) {
        tried[length] = (byte) second;
        if (length < 3) {
          tried[3] = (byte) 0x80;
        }
        if (isOneCharacter(tried, 0, length + 1) || isOneCharacter(tried, 0, 4)) {
          return length;
        }
      }
    }
    return 1;
  }

  private static List<String> byteFallback(List<String> tokens) {
    List<String> made = new ArrayList<>();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (String token : tokens) {
      if (token.matches("<0x[0-9A-Fa-f]{2}>")) {
        run.write(Integer.parseInt(token.substring(3, 5), 16));
      } else {
        endRun(run, made);
        made.add(token);
      }
    }
    endRun(run, made);
    return made;
  }

  private static void endRun(ByteArrayOutputStream run, List<String> made) {
    byte[] bytes = run.toByteArray();
    run.reset();
    if (bytes.length == 0) {
      return;
    }
    try {
      made.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      for (int count = bytes.length; count > 0; count--) {
        made.add("\uFFFD");
      }
    }
  }
}
