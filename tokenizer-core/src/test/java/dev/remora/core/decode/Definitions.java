package dev.remora.core.decode;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Definitions of a few tokens and a decoder, and the steps of decoders in short. */
final class Definitions {
  static final Decoder SPACES = replace("▁", " ");
  static final Decoder BYTES = new Decoder.ByteFallback();
  static final Decoder FUSE = new Decoder.Fuse();
  static final Decoder BYTE_LEVEL = new Decoder.ByteLevel(new ByteLevelSettings(true, true, true));
  static final Decoder LLAMA = sequence(SPACES, BYTES, FUSE, strip(1));

  private Definitions() {}

  /** A definition of tokens whose ids are their places in the list. */
  static TokenizerDefinition listed(
      List<String> tokens, List<AddedToken> added, @Nullable Decoder decoder) {
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int id = 0; id < tokens.size(); id++) {
      byte[] utf8 = tokens.get(id).getBytes(StandardCharsets.UTF_8);
      builder.token(utf8, 0, utf8.length, id);
    }
    return new TokenizerDefinition(
        Optional.empty(),
        Optional.empty(),
        new Model.WordLevel("?"),
        Optional.empty(),
        Optional.ofNullable(decoder),
        builder.build().withAdded(added),
        added,
        SpecialTokens.builder().build(),
        false,
        Optional.empty());
  }

  static AddedToken added(int id, String content, boolean special) {
    return new AddedToken(id, content, false, false, false, false, special);
  }

  static Decoder sequence(Decoder... decoders) {
    return new Decoder.Sequence(List.of(decoders));
  }

  static Decoder replace(String searched, String content) {
    return new Decoder.Replace(new StringPattern.Literal(searched), content);
  }

  static Decoder strip(int start) {
    return new Decoder.Strip(" ", start, 0);
  }

  static Decoder metaspace(PrependScheme scheme) {
    return new Decoder.MetaspaceDecoder(new Metaspace("▁", scheme, true, null));
  }

  static Decoder wordPiece(boolean cleanup) {
    return new Decoder.WordPiece("##", cleanup);
  }
}
