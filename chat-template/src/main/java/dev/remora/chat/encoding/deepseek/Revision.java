package dev.remora.chat.encoding.deepseek;

import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import java.util.Set;

/** The revisions of V4, and what differs between them beside the marks. */
enum Revision {
  V4(Dsml.V4, Instructions.V4, "", Efforts.ABSOLUTE),
  V4_0731(Dsml.V4, Instructions.V4, Efforts.ABSOLUTE, Efforts.BEYOND),
  V4_1(Dsml.V4_1, Instructions.V4_1, Efforts.degree(75), Efforts.degree(100));

  private static final int MAX_DEGREE = 100;
  private static final Set<String> EFFORTS = Set.of("low", "high", "max");

  private final Dsml markup;
  private final Instructions instructions;
  private final String high;
  private final String max;

  Revision(Dsml markup, Instructions instructions, String high, String max) {
    this.markup = markup;
    this.instructions = instructions;
    this.high = high;
    this.max = max;
  }

  private static final class Efforts {
    static String degree(int degree) {
      return "Reasoning Effort: "
          + degree
          + " (range 1-100, the higher the value, the more thorough the reasoning)\n\n";
    }

    static final String ABSOLUTE =
        "Reasoning Effort: Absolute maximum with no shortcuts permitted.\n"
            + "You MUST be very thorough in your thinking and comprehensively decompose the problem"
            + " to resolve the root cause, rigorously stress-testing your logic against all"
            + " potential paths, edge cases, and adversarial scenarios.\n"
            + "Explicitly write out your entire deliberation process, documenting every"
            + " intermediate step, considered alternative, and rejected hypothesis to ensure"
            + " absolutely no assumption is left unchecked.\n\n";
    static final String BEYOND =
        "Reasoning Effort: Beyond maximum — exhaustive, relentless, and uncompromising.\n"
            + "You MUST reason with the utmost depth and rigor, leaving absolutely nothing to"
            + " chance: exhaustively decompose the problem into its most fundamental components,"
            + " trace every causal chain to its root, and resolve the underlying cause rather than"
            + " any surface symptom.\n"
            + "Do not stop reasoning until you have independently verified the solution from"
            + " multiple angles and are certain that no assumption remains unchecked and no error"
            + " remains undiscovered.\n\n";
  }

  Dsml markup() {
    return markup;
  }

  Instructions instructions() {
    return instructions;
  }

  /** Whether messages of the system may stand anywhere, have a mark and open a reply. */
  boolean hasSystemTurns() {
    return this == V4_1;
  }

  /**
   * What a conversation with thinking begins with.
   *
   * @throws dev.remora.TemplateException if there is no such effort
   */
  String effort(ChatRequest request) {
    RequestValue given = request.argument("reasoning_effort");
    if (this == V4_1 && given.value() instanceof Number number) {
      int degree = number.intValue();
      if (number.doubleValue() != degree || degree < 1 || degree > MAX_DEGREE) {
        throw given.failure("must be an integer from 1 to " + MAX_DEGREE);
      }
      return Efforts.degree(degree);
    }
    return switch (given.choice(EFFORTS)) {
      case "low" -> this == V4_1 ? Efforts.degree(50) : "";
      case "high" -> high;
      case "max" -> max;
      default -> this == V4_1 ? high : "";
    };
  }
}
