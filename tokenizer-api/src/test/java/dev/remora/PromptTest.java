package dev.remora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.Prompt.Request;
import dev.remora.Prompt.Span;
import dev.remora.Prompt.Template;
import dev.remora.Prompt.Verbatim;
import dev.remora.Prompt.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  @Test
  void parts_ofOneOrigin_areOneSpan() {
    Prompt prompt =
        Prompt.builder()
            .template("<s>")
            .template("user ")
            .request("messages[0].content", "h")
            .request("messages[0].content", "")
            .request("messages[0].content", "i")
            .build();
    assertEquals("<s>user hi", prompt.text());
    assertEquals(
        List.of(
            new Span(0, 8, new Template(), false),
            new Span(8, 10, new Request("messages[0].content", false), false)),
        prompt.spans());
  }

  @Test
  void allTrusted_keepsIds() {
    Verbatim ids = new Verbatim("messages[1].content", List.of(1, 2));
    Prompt prompt =
        Prompt.builder().template("a").request("x", "b").append("cd", ids, true).build();
    assertEquals(
        List.of(
            new Span(0, 1, new Template(), false),
            new Span(1, 2, new Request("x", true), false),
            new Span(2, 4, ids, true)),
        prompt.allTrusted().spans());
  }

  @Test
  void spans_thatLeaveAGap_areRefused() {
    Span end = new Span(1, 2, new Template(), false);
    assertThrows(IllegalArgumentException.class, () -> new Prompt("ab", List.of(end)));
    assertThrows(IllegalArgumentException.class, () -> new Prompt("ab", List.of()));
  }

  @Test
  void seams_areNeitherAtTheEndsNorTwice() {
    Prompt prompt =
        Prompt.builder()
            .seam()
            .template("<a>")
            .seam()
            .seam()
            .words("b")
            .seam()
            .request("tools", "c")
            .seam()
            .build();
    assertEquals(List.of(3, 4), prompt.seams());
    assertEquals(List.of(3, 4), prompt.allTrusted().seams());
    List<Span> one = List.of(new Span(0, 2, new Template(), false));
    assertThrows(IllegalArgumentException.class, () -> new Prompt("ab", one, List.of(2)));
    assertThrows(IllegalArgumentException.class, () -> new Prompt("ab", one, List.of(1, 1)));
    assertThrows(IllegalArgumentException.class, () -> new Prompt("ab", one, List.of(0)));
  }

  @Test
  void words_areNotTrusted() {
    Prompt prompt = Prompt.builder().words("message").words(" role").build();
    assertEquals(List.of(new Span(0, 12, new Words(), false)), prompt.allTrusted().spans());
  }
}
