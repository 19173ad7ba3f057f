package dev.remora.core.json;

import dev.remora.EngineException;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a definition as a tokenizer.json: for the native library, which reads nothing else, and
 * for export. Whatever a bundle held, what is written has only members that a definition knows,
 * with values of the right type; truncation and padding are off.
 */
public final class TokenizerJsonWriter {
  private final JsonOutput out = new JsonOutput();

  private TokenizerJsonWriter() {}

  /**
   * The tokenizer.json of a definition, in UTF-8.
   *
   * @throws EngineException if the definition has what tokenizers does not know
   */
  public static byte[] write(TokenizerDefinition definition) {
    TokenizerJsonWriter writer = new TokenizerJsonWriter();
    writer.writeDefinition(definition);
    return writer.out.toByteArray();
  }

  private void writeDefinition(TokenizerDefinition definition) {
    out.beginObject().name("version").string("1.0");
    out.name("truncation").nullValue().name("padding").nullValue();
    out.name("added_tokens").beginArray();
    definition.addedTokens().forEach(this::writeAddedToken);
    out.endArray();
    out.name("normalizer");
    definition.normalizer().ifPresentOrElse(this::writeNormalizer, out::nullValue);
    out.name("pre_tokenizer");
    definition.preTokenizer().ifPresentOrElse(this::writePreTokenizer, out::nullValue);
    out.name("post_processor");
    definition.postProcessor().ifPresentOrElse(this::writePostProcessor, out::nullValue);
    out.name("decoder");
    definition.decoder().ifPresentOrElse(this::writeDecoder, out::nullValue);
    out.name("model");
    writeModel(definition.model(), definition.vocabulary());
    out.endObject();
  }

  private void writeAddedToken(AddedToken token) {
    out.beginObject();
    out.name("id").value(token.id()).name("content").string(token.content());
    out.name("single_word").value(token.singleWord());
    out.name("lstrip").value(token.lstrip()).name("rstrip").value(token.rstrip());
    out.name("normalized").value(token.normalized()).name("special").value(token.special());
    out.endObject();
  }

  private JsonOutput begin(String type) {
    return out.beginObject().name("type").string(type);
  }

  private void writeNormalizer(Normalizer normalizer) {
    if (normalizer instanceof Normalizer.Sequence sequence) {
      begin("Sequence").name("normalizers").beginArray();
      sequence.parts().forEach(this::writeNormalizer);
      out.endArray();
    } else if (normalizer instanceof Normalizer.Nfc) {
      begin("NFC");
    } else if (normalizer instanceof Normalizer.Nfd) {
      begin("NFD");
    } else if (normalizer instanceof Normalizer.Nfkc) {
      begin("NFKC");
    } else if (normalizer instanceof Normalizer.Nfkd) {
      begin("NFKD");
    } else if (normalizer instanceof Normalizer.Lowercase) {
      begin("Lowercase");
    } else if (normalizer instanceof Normalizer.StripAccents) {
      begin("StripAccents");
    } else if (normalizer instanceof Normalizer.Nmt) {
      begin("Nmt");
    } else if (normalizer instanceof Normalizer.ByteLevel) {
      begin("ByteLevel");
    } else if (normalizer instanceof Normalizer.Strip strip) {
      begin("Strip").name("strip_left").value(strip.left());
      out.name("strip_right").value(strip.right());
    } else if (normalizer instanceof Normalizer.Prepend prepend) {
      begin("Prepend").name("prepend").string(prepend.text());
    } else if (normalizer instanceof Normalizer.Replace replace) {
      begin("Replace");
      writePattern(replace.pattern());
      out.name("content").string(replace.content());
    } else if (normalizer instanceof Normalizer.Bert bert) {
      begin("BertNormalizer").name("clean_text").value(bert.cleanText());
      out.name("handle_chinese_chars").value(bert.handleChineseChars());
      Boolean strips = bert.stripAccents();
      out.name("strip_accents");
      writeOptional(strips);
      out.name("lowercase").value(bert.lowercase());
    } else if (normalizer instanceof Normalizer.Precompiled precompiled) {
      begin("Precompiled").name("precompiled_charsmap").string(precompiled.charsmap());
    } else if (normalizer instanceof Normalizer.SentencePiece) {
      throw new EngineException(
          "no tokenizer.json can hold SentencePiece's own normalizer", Map.of(), null);
    }
    out.endObject();
  }

  private void writeOptional(@Nullable Boolean flag) {
    if (flag == null) {
      out.nullValue();
    } else {
      out.value(flag);
    }
  }

  private void writeOptional(@Nullable String text) {
    if (text == null) {
      out.nullValue();
    } else {
      out.string(text);
    }
  }

  private void writePattern(StringPattern pattern) {
    out.name("pattern").beginObject();
    if (pattern instanceof StringPattern.Literal literal) {
      out.name("String").string(literal.text());
    } else if (pattern instanceof StringPattern.Regex regex) {
      out.name("Regex").string(regex.expression());
    }
    out.endObject();
  }

  private void writeByteLevel(ByteLevelSettings settings) {
    begin("ByteLevel").name("add_prefix_space").value(settings.addPrefixSpace());
    out.name("trim_offsets").value(settings.trimOffsets());
    out.name("use_regex").value(settings.useRegex());
  }

  private void writeMetaspace(Metaspace settings) {
    begin("Metaspace").name("replacement").string(settings.replacement());
    out.name("prepend_scheme").string(settings.prependScheme().jsonName());
    out.name("split").value(settings.split());
    Boolean prefix = settings.addPrefixSpace();
    if (prefix != null) {
      out.name("add_prefix_space").value(prefix);
    }
  }

  private void writePreTokenizer(PreTokenizer preTokenizer) {
    if (preTokenizer instanceof PreTokenizer.Sequence sequence) {
      begin("Sequence").name("pretokenizers").beginArray();
      sequence.parts().forEach(this::writePreTokenizer);
      out.endArray();
    } else if (preTokenizer instanceof PreTokenizer.ByteLevel byteLevel) {
      writeByteLevel(byteLevel.settings());
    } else if (preTokenizer instanceof PreTokenizer.Bert) {
      begin("BertPreTokenizer");
    } else if (preTokenizer instanceof PreTokenizer.Whitespace) {
      begin("Whitespace");
    } else if (preTokenizer instanceof PreTokenizer.WhitespaceSplit) {
      begin("WhitespaceSplit");
    } else if (preTokenizer instanceof PreTokenizer.UnicodeScripts) {
      begin("UnicodeScripts");
    } else if (preTokenizer instanceof PreTokenizer.CharDelimiterSplit split) {
      begin("CharDelimiterSplit").name("delimiter").string(split.delimiter());
    } else if (preTokenizer instanceof PreTokenizer.Digits digits) {
      begin("Digits").name("individual_digits").value(digits.individualDigits());
    } else if (preTokenizer instanceof PreTokenizer.Punctuation punctuation) {
      begin("Punctuation").name("behavior").string(punctuation.behavior().jsonName());
    } else if (preTokenizer instanceof PreTokenizer.FixedLength fixed) {
      begin("FixedLength").name("length").value(fixed.length());
    } else if (preTokenizer instanceof PreTokenizer.MetaspaceSplit metaspace) {
      writeMetaspace(metaspace.settings());
    } else if (preTokenizer instanceof PreTokenizer.Split split) {
      begin("Split");
      writePattern(split.pattern());
      out.name("behavior").string(split.behavior().jsonName());
      out.name("invert").value(split.invert());
    }
    out.endObject();
  }

  private void writePostProcessor(PostProcessor processor) {
    if (processor instanceof PostProcessor.Sequence sequence) {
      begin("Sequence").name("processors").beginArray();
      sequence.parts().forEach(this::writePostProcessor);
      out.endArray();
    } else if (processor instanceof PostProcessor.ByteLevel byteLevel) {
      writeByteLevel(byteLevel.settings());
    } else if (processor instanceof PostProcessor.Bert bert) {
      begin("BertProcessing");
      writeTokenId("sep", bert.sep());
      writeTokenId("cls", bert.cls());
    } else if (processor instanceof PostProcessor.Roberta roberta) {
      begin("RobertaProcessing");
      writeTokenId("sep", roberta.sep());
      writeTokenId("cls", roberta.cls());
      out.name("trim_offsets").value(roberta.trimOffsets());
      out.name("add_prefix_space").value(roberta.addPrefixSpace());
    } else if (processor instanceof PostProcessor.Template template) {
      writeTemplate(template);
    }
    out.endObject();
  }

  private void writeTokenId(String name, TokenId token) {
    out.name(name).beginArray().string(token.content()).value(token.id()).endArray();
  }

  private void writeTemplate(PostProcessor.Template template) {
    begin("TemplateProcessing");
    writePieces("single", template.single());
    writePieces("pair", template.pair());
    out.name("special_tokens").beginObject();
    for (Map.Entry<String, TemplateTokens> entry : template.specialTokens().entrySet()) {
      out.name(entry.getKey()).beginObject().name("id").string(entry.getKey());
      out.name("ids").beginArray();
      entry.getValue().ids().forEach(out::value);
      out.endArray().name("tokens").beginArray();
      entry.getValue().tokens().forEach(out::string);
      out.endArray().endObject();
    }
    out.endObject();
  }

  private void writePieces(String name, List<TemplatePiece> pieces) {
    out.name(name).beginArray();
    for (TemplatePiece piece : pieces) {
      out.beginObject();
      if (piece instanceof TemplatePiece.Text text) {
        out.name("Sequence").beginObject().name("id").string(text.isSecond() ? "B" : "A");
      } else if (piece instanceof TemplatePiece.Special special) {
        out.name("SpecialToken").beginObject().name("id").string(special.name());
      }
      out.name("type_id").value(piece.typeId()).endObject().endObject();
    }
    out.endArray();
  }

  private void writeDecoder(Decoder decoder) {
    if (decoder instanceof Decoder.Sequence sequence) {
      begin("Sequence").name("decoders").beginArray();
      sequence.parts().forEach(this::writeDecoder);
      out.endArray();
    } else if (decoder instanceof Decoder.ByteLevel byteLevel) {
      writeByteLevel(byteLevel.settings());
    } else if (decoder instanceof Decoder.ByteFallback) {
      begin("ByteFallback");
    } else if (decoder instanceof Decoder.Fuse) {
      begin("Fuse");
    } else if (decoder instanceof Decoder.MetaspaceDecoder metaspace) {
      writeMetaspace(metaspace.settings());
    } else if (decoder instanceof Decoder.WordPiece wordPiece) {
      begin("WordPiece").name("prefix").string(wordPiece.prefix());
      out.name("cleanup").value(wordPiece.cleanup());
    } else if (decoder instanceof Decoder.Bpe bpe) {
      begin("BPEDecoder").name("suffix").string(bpe.suffix());
    } else if (decoder instanceof Decoder.Replace replace) {
      begin("Replace");
      writePattern(replace.pattern());
      out.name("content").string(replace.content());
    } else if (decoder instanceof Decoder.Strip strip) {
      begin("Strip").name("content").string(strip.content());
      out.name("start").value(strip.start()).name("stop").value(strip.stop());
    } else if (decoder instanceof Decoder.Ctc ctc) {
      begin("CTC").name("pad_token").string(ctc.padToken());
      out.name("word_delimiter_token").string(ctc.wordDelimiterToken());
      out.name("cleanup").value(ctc.cleanup());
    }
    out.endObject();
  }

  private void writeModel(Model model, Vocabulary vocabulary) {
    begin(model.name());
    if (model instanceof Model.Bpe bpe) {
      writeBpe(bpe, vocabulary);
    } else if (model instanceof Model.WordPiece wordPiece) {
      out.name("unk_token").string(wordPiece.unkToken());
      out.name("continuing_subword_prefix").string(wordPiece.continuingSubwordPrefix());
      out.name("max_input_chars_per_word").value(wordPiece.maxInputCharsPerWord());
      writeVocabulary(vocabulary);
    } else if (model instanceof Model.WordLevel wordLevel) {
      writeVocabulary(vocabulary);
      out.name("unk_token").string(wordLevel.unkToken());
    } else if (model instanceof Model.Unigram unigram) {
      writeUnigram(unigram, vocabulary);
    }
    out.endObject();
  }

  private void writeBpe(Model.Bpe bpe, Vocabulary vocabulary) {
    Double dropout = bpe.dropout();
    if (dropout != null) {
      out.name("dropout").value(dropout);
    }
    out.name("unk_token");
    writeOptional(bpe.unkToken());
    out.name("continuing_subword_prefix");
    writeOptional(bpe.continuingSubwordPrefix());
    out.name("end_of_word_suffix");
    writeOptional(bpe.endOfWordSuffix());
    out.name("fuse_unk").value(bpe.fuseUnk());
    out.name("byte_fallback").value(bpe.byteFallback());
    out.name("ignore_merges").value(bpe.ignoreMerges());
    writeVocabulary(vocabulary);
    out.name("merges").beginArray();
    bpe.merges().forEach(fitLines(bpe.merges()) ? out::line : this::writePair);
    out.endArray();
  }

  /** Whether each merge can be one string, which the library reads faster than two. */
  private static boolean fitLines(MergeList merges) {
    boolean[] fit = {true};
    merges.forEach((utf8, from, middle, to) -> fit[0] &= fitsLine(utf8, from, middle, to));
    return fit[0];
  }

  private static boolean fitsLine(byte[] utf8, int from, int middle, int to) {
    for (int at = from; at < to; at++) {
      if (utf8[at] == ' ') {
        return false;
      }
    }
    return from < middle && middle < to && !MergeList.isVersion(utf8, from, middle);
  }

  private void writePair(byte[] utf8, int from, int middle, int to) {
    out.beginArray().string(utf8, from, middle).string(utf8, middle, to).endArray();
  }

  private void writeVocabulary(Vocabulary vocabulary) {
    out.name("vocab").beginObject();
    vocabulary.forEachEntry((utf8, from, to, id) -> out.name(utf8, from, to).value(id));
    out.endObject();
  }

  private void writeUnigram(Model.Unigram unigram, Vocabulary vocabulary) {
    Integer unkId = unigram.unkId();
    out.name("unk_id");
    if (unkId == null) {
      out.nullValue();
    } else {
      out.value(unkId);
    }
    out.name("byte_fallback").value(unigram.byteFallback());
    out.name("vocab").beginArray();
    double[] scores = unigram.scores();
    vocabulary.forEachEntry(
        (utf8, from, to, id) ->
            out.beginArray().string(utf8, from, to).value(scores[id]).endArray());
    out.endArray();
  }
}
