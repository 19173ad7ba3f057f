package dev.remora.chat.response.grammar;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import dev.remora.chat.response.pattern.StepsException;
import dev.remora.chat.response.value.ToolTypes;
import dev.remora.chat.response.value.ValueFailure;
import dev.remora.jinja.PythonStrings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a reply through the regions of its fields. Text is handed on as soon as no delimiter can
 * begin in it, whatever follows; a delimiter counts as soon as no other can come before it. So what
 * is found is the same however the text is cut. Not thread-safe.
 */
public final class RegionMachine {
  /** The most text of a reply, in UTF-16 units. */
  private static final int MAX_LENGTH = 1 << 26;

  private final ReplyText text = new ReplyText();
  private final MessageBuilder message;
  private final RegionListener listener;
  private final @Nullable FieldRule implicit;
  private final List<Delimiter> outside = new ArrayList<>(); // what is watched in no open region
  private final Map<String, Delimiter> closers = new LinkedHashMap<>();
  private final int behind;

  private int place; // up to which the text is handed on
  private @Nullable FieldRule current;
  private boolean opened;
  private StringBuilder body = new StringBuilder();
  private Map<String, @Nullable Object> captures = Map.of();
  private int turnsHere; // delimiters found at this place, which none of them moved

  /** A delimiter of a field, and the search for it. */
  private record Delimiter(
      FieldRule field, PythonPattern pattern, boolean opens, PatternSearch search) {
    static Delimiter of(FieldRule field, PythonPattern pattern, boolean opens) {
      return new Delimiter(field, pattern, opens, new PatternSearch(pattern));
    }

    /** Whether it counts rather than another that was found too. */
    boolean isBefore(Delimiter other) {
      int order = Integer.compare(search.start(), other.search.start());
      order = order != 0 ? order : Integer.compare(other.search.end(), search.end());
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
    for (FieldRule field : grammar.fields()) {
      if (field.open() != null) {
        outside.add(Delimiter.of(field, field.open(), true));
      }
      if (field.close() != null) {
        closers.put(field.name(), Delimiter.of(field, field.close(), false));
      }
    }
    if (implicit != null && implicit.close() != null) {
      outside.add(Delimiter.of(implicit, implicit.close(), false));
    }
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
    if (behind > 0
        || length == 0
        || !text.endsAt(place)
        || Character.isHighSurrogate(arrived.charAt(length - 1))
        || Character.isLowSurrogate(arrived.charAt(0))) {
      return false;
    }
    for (Delimiter delimiter : watched()) {
      if (!delimiter.pattern().beginsNowhereIn(arrived)) {
        return false;
      }
    }
    text.pass(arrived);
    handOn(arrived);
    place = text.end();
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
    Delimiter best = null;
    int hold = text.end();
    for (Delimiter delimiter : watched()) {
      switch (search(delimiter)) {
        case MATCHED -> best = best == null || delimiter.isBefore(best) ? delimiter : best;
        case OPEN -> hold = Math.min(hold, delimiter.search().start());
        case FAILED -> {} // there is none
      }
    }
    if (best == null || best.search().start() >= hold) {
      handOn(hold);
      if (text.isComplete()) {
        close();
      }
      return false;
    }
    handOn(best.search().start());
    return pass(best);
  }

  private List<Delimiter> watched() {
    FieldRule field = current;
    if (field == null || field.open() == null) {
      return outside;
    }
    Delimiter closer = closers.get(field.name());
    return closer == null ? List.of() : List.of(closer);
  }

  private Outcome search(Delimiter delimiter) {
    delimiter.search().skipTo(place);
    try {
      return delimiter.search().advance(text);
    } catch (StepsException e) {
      throw failure(Problem.LIMIT, delimiter.field().name(), e.getMessage(), e);
    }
  }

  /** Goes on after a delimiter; whether there may be another. */
  private boolean pass(Delimiter delimiter) {
    boolean isEmpty = delimiter.search().end() == delimiter.search().start();
    boolean hadText = opened;
    place = delimiter.search().end();
    turnsHere = isEmpty ? turnsHere + 1 : 0;
    if (turnsHere > 2 * (outside.size() + closers.size())) {
      throw failure(
          Problem.PATTERN, delimiter.field().name(), "delimiters of nothing without end", null);
    }
    Map<String, @Nullable Object> groups = delimiter.opens() ? delimiter.captures(text) : Map.of();
    close();
    if (delimiter.opens()) {
      current = delimiter.field();
      captures = groups;
      opened = true;
      listener.opened(current.name());
    }
    return delimiter.opens() || hadText || !isEmpty;
  }

  /** Gives the text up to a place to the current region. */
  private void handOn(int to) {
    if (to > place) {
      handOn(text.substring(place, to));
      place = to;
    }
  }

  private void handOn(String part) {
    FieldRule field = current;
    if (field != null) {
      if (!opened) {
        opened = true;
        listener.opened(field.name());
      }
      body.append(part);
      listener.text(field.name(), part, field.content().isStructured());
    }
    turnsHere = 0;
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
