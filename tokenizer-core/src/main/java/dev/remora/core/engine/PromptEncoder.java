package dev.remora.core.engine;

import dev.remora.Encoding;
import dev.remora.Prompt;
import dev.remora.Prompt.Verbatim;
import dev.remora.TokenDetails;
import dev.remora.UnknownTokenException;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes one prompt: what lies between its seams, and before and after what stands for ids, is a
 * text of its own. Of one call.
 */
final class PromptEncoder {
  private final EngineSession session;
  private final Vocabulary vocabulary;
  private final Prompt prompt;
  private final List<Section> sections = new ArrayList<>();
  private int nextSeam; // the first that was not looked at

  PromptEncoder(EngineSession session, Vocabulary vocabulary, Prompt prompt) {
    this.session = session;
    this.vocabulary = vocabulary;
    this.prompt = prompt;
    int from = 0;
    for (Prompt.Span span : prompt.spans()) {
      if (span.origin() instanceof Verbatim verbatim) {
        addText(from, span.start());
        sections.add(new Ids(span.start(), span.end(), checked(verbatim)));
        from = span.end();
      }
    }
    addText(from, prompt.text().length());
  }

  /** A part of the prompt that is encoded by itself. */
  private sealed interface Section {
    /** Where it begins, as a UTF-16 index. */
    int start();
  }

  private record Text(int start, GuardedText text) implements Section {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Ids(int start, int end, int[] ids) implements Section {}

  private void addText(int from, int to) {
    int start = from;
    for (; nextSeam < prompt.seams().size() && prompt.seams().get(nextSeam) < to; nextSeam++) {
      int seam = prompt.seams().get(nextSeam);
      if (seam > start) {
        sections.add(new Text(start, GuardedText.of(prompt, start, seam)));
        start = seam;
      }
    }
    if (start < to) {
      sections.add(new Text(start, GuardedText.of(prompt, start, to)));
    }
  }

  private int[] checked(Verbatim verbatim) {
    int[] ids = verbatim.ids().stream().mapToInt(Integer::intValue).toArray();
    for (int index = 0; index < ids.length; index++) {
      if (!vocabulary.contains(ids[index])) {
        throw new UnknownTokenException(ids[index], index, vocabulary.size());
      }
    }
    return ids;
  }

  /** The encoding of the prompt. */
  Encoding encode() {
    session.checkOpen();
    Refusals refusals = new Refusals();
    List<int[]> parts = new ArrayList<>(sections.size());
    int count = 0;
    for (Section section : sections) {
      int[] ids = section instanceof Ids verbatim ? verbatim.ids() : encode(section, refusals);
      parts.add(ids);
      count = Math.addExact(count, ids.length);
    }
    int[] all = new int[count];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return new Encoding(all, refusals.tokens(), this::details);
  }

  private int[] encode(Section section, Refusals refusals) {
    Refusals ofSection = new Refusals();
    int[] ids = session.encode(((Text) section).text(), false, ofSection);
    refusals.addAll(ofSection, section.start());
    return ids;
  }

  private TokenDetails details() {
    JoinedDetails joined = new JoinedDetails();
    for (Section section : sections) {
      Encoding part =
          section instanceof Ids verbatim ? encoding(verbatim) : encoding((Text) section);
      joined.add(part, 0, part.size(), section.start());
    }
    return joined.details();
  }

  private Encoding encoding(Text section) {
    int[] ids = session.encode(section.text(), false, new Refusals());
    return new Encoding(ids, () -> session.details(section.text(), false));
  }

  /** Ids that were given: each stands for the whole of their text. */
  private Encoding encoding(Ids verbatim) {
    int count = verbatim.ids().length;
    List<String> tokens =
        Arrays.stream(verbatim.ids()).mapToObj(id -> vocabulary.tokenOf(id).orElseThrow()).toList();
    int[] offsets = new int[2 * count];
    for (int index = 0; index < count; index++) {
      offsets[2 * index + 1] = verbatim.end() - verbatim.start();
    }
    return new Encoding(
        verbatim.ids(), () -> new TokenDetails(tokens, offsets, new boolean[count]));
  }
}
