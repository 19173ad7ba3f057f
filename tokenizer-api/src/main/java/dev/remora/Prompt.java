package dev.remora;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt: a text, and where each part of it comes from, so that {@link Tokenizer#encode(Prompt)}
 * can recognise added tokens where the template itself wrote them, and nowhere else.
 *
 * <p>{@code dev.remora.chat.ChatTemplate} makes prompts of messages; {@link #builder()} puts them
 * together by hand. Immutable and thread-safe.
 *
 * @param text the whole text
 * @param spans the parts, in order and without gaps
 * @param seams where the text is cut before it is encoded, as UTF-16 indices that ascend: what
 *     stands on one side of a seam changes no id on the other. Most prompts have none
 */
public record Prompt(String text, List<Span> spans, List<Integer> seams) {
  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if the spans do not cover the text, one after the other, or a
   *     seam does not lie inside of the text, behind the one before it
   */
  public Prompt {
    spans = List.copyOf(spans);
    seams = List.copyOf(seams);
    checkSpans(text, spans);
    int before = 0;
    for (int seam : seams) {
      if (seam <= before || seam >= text.length()) {
        throw new IllegalArgumentException("no place for a seam: " + seam);
      }
      before = seam;
    }
  }

  /** A prompt without seams. */
  public Prompt(String text, List<Span> spans) {
    this(text, spans, List.of());
  }

  private static void checkSpans(String text, List<Span> spans) {
    int at = 0;
    for (Span span : spans) {
      if (span.start() != at || span.end() < at) {
        throw new IllegalArgumentException("a span begins at " + span.start() + ", not at " + at);
      }
      at = span.end();
    }
    if (at != text.length()) {
      throw new IllegalArgumentException("the spans end at " + at + ", not at " + text.length());
    }
  }

  /**
   * A part of a prompt.
   *
   * @param start where it begins, as a UTF-16 index, inclusive
   * @param end where it ends, as a UTF-16 index, exclusive
   * @param origin where it comes from
   * @param generated whether it stands for what a model generated: inside of a template's {@code
   *     generation} tag
   */
  public record Span(int start, int end, Origin origin, boolean generated) {}

  /** Where a part of a prompt comes from. */
  public sealed interface Origin {
    /** Whether added tokens are recognised in it. */
    boolean trusted();
  }

  /** The template itself wrote it: literals, and special tokens by their names. */
  public record Template() implements Origin {
    @Override
    public boolean trusted() {
      return true;
    }
  }

  /**
   * The encoding of a model itself wrote it, as words: what a template would write, but where the
   * model's own code recognises no added tokens either.
   */
  public record Words() implements Origin {
    @Override
    public boolean trusted() {
      return false;
    }
  }

  /**
   * It comes from the request.
   *
   * @param path where in the request, such as {@code messages[2].content}; empty where it is not
   *     known, as for quotes and commas that are written around values of the request
   * @param trusted whether the caller trusts the message it is in
   */
  public record Request(String path, boolean trusted) implements Origin {}

  /**
   * It stands for ids that the caller gave in place of text.
   *
   * @param path where in the request
   * @param ids the ids
   */
  public record Verbatim(String path, List<Integer> ids) implements Origin {
    /** Keeps a copy of the list. */
    public Verbatim {
      ids = List.copyOf(ids);
    }

    /** False: its text is not looked at. */
    @Override
    public boolean trusted() {
      return false;
    }
  }

  /** A builder of an empty prompt. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The same text with every part of the request trusted: added tokens are recognised everywhere,
   * as transformers does. What stands for ids stays.
   */
  public Prompt allTrusted() {
    Builder builder = new Builder();
    for (Span span : spans) {
      Origin origin =
          span.origin() instanceof Request request
              ? new Request(request.path(), true)
              : span.origin();
      builder.append(text.substring(span.start(), span.end()), origin, span.generated());
    }
    return new Prompt(text, builder.spans, seams);
  }

  /**
   * Which tokens of the prompt stand for what a model generated: those that hold a character that
   * was written inside of a template's {@code generation} tag, and those between two of one tag.
   * What a loss is computed on, as the {@code assistant_masks} of transformers; of the tokens that
   * share the tag's last character, that leaves out all but the first, which this does not.
   *
   * @param encoding the encoding of this prompt, or of its text without special tokens
   * @return for each token whether it was generated; all false for a template without the tag
   */
  public boolean[] generatedMask(Encoding encoding) {
    boolean[] mask = new boolean[encoding.size()];
    int token = 0;
    for (int index = 0; index < spans.size(); index++) {
      if (spans.get(index).generated()) {
        int start = spans.get(index).start();
        while (index + 1 < spans.size() && spans.get(index + 1).generated()) {
          index++;
        }
        int end = spans.get(index).end();
        while (token < mask.length && encoding.end(token) <= start) {
          token++;
        }
        for (; token < mask.length && encoding.start(token) < end; token++) {
          mask[token] = true;
        }
        // a token may reach into the next tag too
        while (token > 0 && encoding.end(token - 1) > end) {
          token--;
        }
      }
    }
    return mask;
  }

  /** How long the text is, and of how many parts; none of the text. */
  @Override
  public String toString() {
    return "Prompt[" + text.length() + " characters, " + spans.size() + " spans]";
  }

  /** Puts a prompt together, part by part. Not thread-safe. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private final List<Integer> seams = new ArrayList<>();

    private Builder() {}

    /** Adds text in which added tokens are recognised. */
    public Builder template(String part) {
      return append(part, new Template(), false);
    }

    /** Adds the encoding's own text in which none are. */
    public Builder words(String part) {
      return append(part, new Words(), false);
    }

    /**
     * Adds text of the request in which none are.
     *
     * @param path where in the request it comes from, such as {@code messages[2].content}
     */
    public Builder request(String path, String part) {
      return append(part, new Request(path, false), false);
    }

    /**
     * Adds a part of any origin; to the part before it, if that is of the same origin. Empty text
     * adds nothing, unless it stands for ids.
     */
    public Builder append(String part, Origin origin, boolean generated) {
      if (part.isEmpty() && !(origin instanceof Verbatim)) {
        return this;
      }
      int start = text.length();
      text.append(part);
      int last = spans.size() - 1;
      Span before = last < 0 ? null : spans.get(last);
      if (before != null
          && !(origin instanceof Verbatim)
          && before.generated() == generated
          && before.origin().equals(origin)) {
        spans.set(last, new Span(before.start(), text.length(), origin, generated));
      } else {
        spans.add(new Span(start, text.length(), origin, generated));
      }
      return this;
    }

    /** How long the text is so far, in UTF-16 units. */
    public int length() {
      return text.length();
    }

    /**
     * Makes a {@linkplain Prompt#seams() seam} here; at the beginning and at the end it is none.
     */
    public Builder seam() {
      int last = seams.size() - 1;
      if (text.length() > (last < 0 ? 0 : seams.get(last))) {
        seams.add(text.length());
      }
      return this;
    }

    /** The prompt. */
    public Prompt build() {
      List<Integer> inside = seams.stream().filter(seam -> seam < text.length()).toList();
      return new Prompt(text.toString(), spans, inside);
    }
  }
}
