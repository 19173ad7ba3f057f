package dev.remora.core.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What puts special tokens around the ids of a text; the names are those of tokenizer.json. */
public sealed interface PostProcessor {
  /**
   * A special token and its id.
   *
   * @param content its text
   * @param id its id
   */
  record TokenId(String content, int id) {}

  /** A text is CLS, the text, SEP. */
  record Bert(TokenId sep, TokenId cls) implements PostProcessor {}

  /**
   * A text is CLS, the text, SEP, with offsets trimmed.
   *
   * @param sep the token after a text
   * @param cls the token before a text
   * @param trimOffsets whether white space is cut off the offsets
   * @param addPrefixSpace whether the pre-tokenizer put a space before the text
   */
  record Roberta(TokenId sep, TokenId cls, boolean trimOffsets, boolean addPrefixSpace)
      implements PostProcessor {}

  /** Trims offsets. */
  record ByteLevel(ByteLevelSettings settings) implements PostProcessor {}

  /**
   * Puts special tokens where a template says.
   *
   * @param single the pieces around one text
   * @param pair the pieces around two texts
   * @param specialTokens what a special piece stands for, by its name
   */
  record Template(
      List<TemplatePiece> single,
      List<TemplatePiece> pair,
      Map<String, TemplateTokens> specialTokens)
      implements PostProcessor {
    /** Keeps copies. */
    public Template {
      single = List.copyOf(single);
      pair = List.copyOf(pair);
      specialTokens = Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
    }
  }

  /** One piece of a template. */
  sealed interface TemplatePiece {
    /** The type id that the piece gives its tokens. */
    int typeId();

    /** The first text, or the second. */
    record Text(boolean isSecond, int typeId) implements TemplatePiece {}

    /** Special tokens, by their name in the template. */
    record Special(String name, int typeId) implements TemplatePiece {}
  }

  /**
   * What a special piece of a template stands for.
   *
   * @param ids the ids
   * @param tokens their texts, as many
   */
  record TemplateTokens(List<Integer> ids, List<String> tokens) {
    /** Keeps copies. */
    public TemplateTokens {
      ids = List.copyOf(ids);
      tokens = List.copyOf(tokens);
    }
  }

  /** One after the other. */
  record Sequence(List<PostProcessor> parts) implements PostProcessor {
    /** Keeps a copy of the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** This post-processor, or what it is a sequence of, at any depth. */
  default List<PostProcessor> flattened() {
    if (!(this instanceof Sequence sequence)) {
      return List.of(this);
    }
    List<PostProcessor> flat = new ArrayList<>();
    for (PostProcessor part : sequence.parts()) {
      flat.addAll(part.flattened());
    }
    return flat;
  }
}
