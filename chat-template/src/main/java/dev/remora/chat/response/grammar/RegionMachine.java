package dev.remora.chat.response.grammar;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.CharacterTest;
import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import dev.remora.chat.response.pattern.StepsException;
import dev.remora.chat.response.value.ToolTypes;
import dev.remora.chat.response.value.ValueFailure;
import dev.remora.jinja.PythonStrings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a reply through the regions of its fields. Text is handed on as soon as no delimiter can
 * begin in it, whatever follows; a delimiter counts as soon as no other can come before it. So what
 * is found is the same however the text is cut.
 *
 * <p>The text is gone through once, from one character before which any of the delimiters that are
 * watched may begin to the next; there, all of them are tried. The rest is passed over. Not
 * thread-safe.
 */
public final class RegionMachine {
  /** The most text of a reply, in UTF-16 units. */
  private static final int MAX_LENGTH = 1 << 26;

  private final ReplyText text = new ReplyText();
  private final MessageBuilder message;
  private final RegionListener listener;
  private final @Nullable FieldRule implicit;
  private final Watch outside; // in no open region
  private final Map<String, Watch> inside = new HashMap<>(); // in the open region of a field
  private final int behind;
  private final int mostTurns; // of delimiters of nothing at one place

  private Watch watch;
  private int place; // up to which the text is handed on
  private int searched; // before which no delimiter begins that is not passed
  private @Nullable FieldRule current;
  private boolean opened;
  private boolean raw; // whether its text is of use only when it is whole
  private StringBuilder body = new StringBuilder();
  private Map<String, @Nullable Object> captures = Map.of();
  private int turnsHere; // delimiters found at this place, which none of them moved

  /** The delimiters that count somewhere, and the characters before which one may begin. */
  private record Watch(List<Delimiter> delimiters, CharacterTest starts) {
    static Watch of(List<Delimiter> delimiters) {
      CharacterTest starts = CharacterTest.NONE;
      for (Delimiter delimiter : delimiters) {
        starts = starts.or(delimiter.pattern().starts());
      }
      return new Watch(delimiters, starts);
    }
  }

  /** A delimiter of a field, and where it is tried. */
  private record Delimiter(
      FieldRule field, PythonPattern pattern, boolean opens, PatternSearch search) {
    static List<Delimiter> of(FieldRule field, @Nullable PythonPattern pattern, boolean opens) {
      return pattern == null
          ? List.of()
          : List.of(new Delimiter(field, pattern, opens, new PatternSearch(pattern)));
    }

    /** Whether it counts rather than another that was found at the same place. */
    boolean isBefore(Delimiter other) {
      int order = Integer.compare(other.search.end(), search.end());
      order = order != 0 ? order : Boolean.compare(other.opens, opens);
      return order != 0 ? order < 0 : PythonStrings.compare(field.name(), other.field.name()) < 0;
    }

    Map<String, @Nullable Object> captures(ReplyText text) {
      Map<String, @Nullable Object> captures = new LinkedHashMap<>();
      for (String name : pattern.groupNames()) {
        String group = search.group(name, text);
        if (group != null) {
          captures.put(name, group);
        }
      }
      return captures;
    }
  }

  /**
   * @param grammar the response template
   * @param tools the types of the tools' arguments
   * @param listener is told what is found
   */
  public RegionMachine(ReplyGrammar grammar, ToolTypes tools, RegionListener listener) {
    this.message = new MessageBuilder(grammar, tools);
    this.listener = listener;
    this.implicit = grammar.implicit().orElse(null);
    this.current = implicit;
    this.behind = grammar.unitsBehind();
    List<Delimiter> always = new ArrayList<>();
    for (FieldRule field : grammar.fields()) {
      always.addAll(Delimiter.of(field, field.open(), true));
      if (field.open() != null) {
        inside.put(field.name(), Watch.of(Delimiter.of(field, field.close(), false)));
      } else {
        always.addAll(Delimiter.of(field, field.close(), false));
      }
    }
    this.outside = Watch.of(always);
    this.mostTurns = 4 * grammar.fields().size();
    this.watch = outside;
  }

  /**
   * Takes the text that the prompt has of the reply, if it ends in one.
   *
   * @throws ResponseException as {@link #feed}
   */
  public void begin(ReplyGrammar grammar, String prompt) {
    String begun;
    try {
      begun = grammar.afterAnchor(prompt);
    } catch (StepsException e) {
      throw failure(Problem.LIMIT, null, e.getMessage(), e);
    }
    if (!begun.isEmpty()) {
      feed(begun);
    }
  }

  /**
   * Takes what has arrived.
   *
   * @throws ResponseException if the reply is not what the template describes
   */
  public void feed(String arrived) {
    if (arrived.length() > MAX_LENGTH - text.end()) {
      throw failure(Problem.LIMIT, null, "a reply of more than " + MAX_LENGTH + " units", null);
    }
    if (!pass(arrived)) {
      text.append(arrived);
      proceed();
    }
  }

  /** Hands on at once what no delimiter can begin in, which is most text. */
  private boolean pass(String arrived) {
    int length = arrived.length();
    if (length == 0
        || !text.endsAt(place)
        || watch.starts().firstIn(arrived) < length
        || Character.isHighSurrogate(arrived.charAt(length - 1))) {
      return false;
    }
    text.pass(arrived, behind);
    handOn(arrived);
    searched = place;
    return true;
  }

  /**
   * Ends the reply.
   *
   * @return the message
   * @throws ResponseException if the reply is not what the template describes
   */
  public Map<String, @Nullable Object> finish() {
    text.complete();
    proceed();
    try {
      return message.whole();
    } catch (ValueFailure e) {
      throw failure(e.problem(), null, e.getMessage(), e);
    }
  }

  private void proceed() {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = step();
    }
    text.discardBefore(place - behind);
  }

  /** Goes on to the next delimiter; whether there may be another. */
  private boolean step() {
    searched = text.next(watch.starts(), searched);
    while (searched < text.end()) {
      Delimiter best = null;
      boolean isOpen = false;
      for (Delimiter delimiter : watch.delimiters()) {
        switch (tryHere(delimiter)) {
          case MATCHED -> best = best == null || delimiter.isBefore(best) ? delimiter : best;
          case OPEN -> isOpen = true;
          case FAILED -> {} // it does not begin here
        }
      }
      if (isOpen || best != null) {
        handOn(searched);
        return !isOpen && best != null && pass(best);
      }
      searched = text.next(watch.starts(), text.after(searched));
    }
    handOn(text.end());
    if (text.isComplete()) {
      close();
    }
    return false;
  }

  private Outcome tryHere(Delimiter delimiter) {
    try {
      return delimiter.search().tryAt(searched, text);
    } catch (StepsException e) {
      throw failure(Problem.LIMIT, delimiter.field().name(), e.getMessage(), e);
    }
  }

  /** Goes on after a delimiter; whether there may be another. */
  private boolean pass(Delimiter delimiter) {
    boolean isEmpty = delimiter.search().end() == delimiter.search().start();
    boolean hadText = opened;
    place = delimiter.search().end();
    searched = place;
    turnsHere = isEmpty ? turnsHere + 1 : 0;
    if (turnsHere > mostTurns) {
      throw failure(
          Problem.PATTERN, delimiter.field().name(), "delimiters of nothing without end", null);
    }
    Map<String, @Nullable Object> groups = delimiter.opens() ? delimiter.captures(text) : Map.of();
    close();
    if (delimiter.opens()) {
      current = delimiter.field();
      watch = inside.getOrDefault(current.name(), outside);
      captures = groups;
      open(current);
    }
    return delimiter.opens() || hadText || !isEmpty;
  }

  /** Gives the text up to a place to the current region. */
  private void handOn(int to) {
    if (to > place) {
      handOn(text.substring(place, to));
    }
  }

  private void handOn(String part) {
    place += part.length();
    FieldRule field = current;
    if (field != null) {
      if (!opened) {
        open(field);
      }
      body.append(part);
      listener.text(field.name(), part, raw);
    }
    turnsHere = 0;
  }

  private void open(FieldRule field) {
    opened = true;
    raw = field.content().isStructured();
    listener.opened(field.name());
  }

  /** Ends the current region, if it has begun. */
  private void close() {
    FieldRule field = current;
    if (field != null && opened) {
      Object value;
      try {
        value = message.add(field, body.toString(), captures);
      } catch (ValueFailure e) {
        throw failure(e.problem(), field.name(), e.getMessage(), e);
      } catch (StepsException e) {
        throw failure(Problem.LIMIT, field.name(), e.getMessage(), e);
      }
      listener.closed(field.name(), value);
    }
    current = implicit;
    watch = outside;
    opened = false;
    captures = Map.of();
    body = new StringBuilder();
  }

  private ResponseException failure(
      Problem problem, @Nullable String field, @Nullable String detail, @Nullable Throwable cause) {
    String openText = opened ? body.toString() : "";
    return new ResponseException(
        problem, field, String.valueOf(detail), message.soFar(), openText, cause);
  }
}
