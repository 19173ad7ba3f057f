package dev.remora.chat.response;

import dev.remora.ResponseException;
import dev.remora.chat.response.grammar.RegionListener;
import dev.remora.chat.response.grammar.RegionMachine;
import dev.remora.chat.response.value.ToolTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one reply of a model while it arrives. However the reply is cut, the message is the same,
 * and so are the events once texts of a field that follow each other are joined. Text is handed on
 * as soon as nothing that may follow can change what it belongs to. Each text is looked at once,
 * also where much of it must be held.
 *
 * <p>A reply that is not what the template describes is a {@link ResponseException} with what was
 * understood of it; events told before it stand, and the parser takes nothing more. A reply that
 * just ends early shows so at {@link #finish()} where its last field is of a kind that cannot be
 * cut off, such as JSON.
 *
 * <p>The state is the text of the field that is open and the message so far. Not thread-safe: a
 * parser belongs to one reply. A null argument is a {@link NullPointerException}, and changes
 * nothing.
 */
public final class ResponseParser {
  private final RegionMachine machine;
  private final List<ResponseEvent> initialEvents = new ArrayList<>();
  private Consumer<? super ResponseEvent> events = initialEvents::add;
  private boolean ended;

  ResponseParser(ResponseTemplate template, String prompt, List<?> tools) {
    this.machine = new RegionMachine(template.grammar(), new ToolTypes(tools), new Listener());
    machine.begin(template.grammar(), prompt);
  }

  /** Makes events of what the machine finds. */
  private final class Listener implements RegionListener {
    @Override
    public void opened(String field) {
      events.accept(new ResponseEvent.Opened(field));
    }

    @Override
    public void text(String field, String text, boolean raw) {
      events.accept(new ResponseEvent.Text(field, text, raw));
    }

    @Override
    public void closed(String field, @Nullable Object value) {
      events.accept(new ResponseEvent.Closed(field, value));
    }
  }

  /**
   * What the prompt itself has of the reply, such as the begin of the reasoning: the events that
   * come before those of {@link #feed}.
   */
  public List<ResponseEvent> initialEvents() {
    return List.copyOf(initialEvents);
  }

  /**
   * Takes what has arrived, and gives what it settles.
   *
   * @throws ResponseException if the reply is not what the template describes; what it settled
   *     before is lost here, and not with {@link #feed(String, Consumer)}
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public List<ResponseEvent> feed(String text) {
    List<ResponseEvent> settled = new ArrayList<>(2);
    feed(text, settled::add);
    return settled;
  }

  /**
   * Takes what has arrived, and tells what it settles.
   *
   * @param events is told each event as it is found
   * @throws ResponseException if the reply is not what the template describes
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public void feed(String text, Consumer<? super ResponseEvent> events) {
    Objects.requireNonNull(text, "text");
    begin(events);
    machine.feed(text);
    ended = false;
  }

  /**
   * Ends the reply and gives the message; events that only the end settles are told to nobody.
   *
   * @throws ResponseException if the reply is not what the template describes
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public ResponseMessage finish() {
    return finish(event -> {});
  }

  /**
   * Ends the reply and gives the message.
   *
   * @param events is told each event as it is found
   * @throws ResponseException if the reply is not what the template describes
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public ResponseMessage finish(Consumer<? super ResponseEvent> events) {
    begin(events);
    return new ResponseMessage(machine.finish());
  }

  /** Ended until proven otherwise, as what fails does not go on. */
  private void begin(Consumer<? super ResponseEvent> events) {
    this.events = Objects.requireNonNull(events, "events");
    if (ended) {
      throw new IllegalStateException("the reply has ended");
    }
    ended = true;
  }
}
