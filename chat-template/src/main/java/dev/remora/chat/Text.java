package dev.remora.chat;

/** A text that grows within the limits of its rendering. */
final class Text {
  private final StringBuilder characters = new StringBuilder();
  private final Rendering rendering;

  Text(Rendering rendering) {
    this.rendering = rendering;
  }

  Text append(String text) {
    rendering.building(text.length());
    rendering.checkLength((long) characters.length() + text.length());
    characters.append(text);
    return this;
  }

  Text append(char c) {
    rendering.checkLength(characters.length() + 1L);
    characters.append(c);
    return this;
  }

  /** Appends a text some times over; a count below 1 appends nothing. */
  Text repeat(String text, long count) {
    if (count > 0 && !text.isEmpty()) {
      long length = count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * text.length();
      rendering.building(length);
      rendering.checkLength(characters.length() + length);
      characters.append(text.repeat((int) count));
    }
    return this;
  }

  @Override
  public String toString() {
    return characters.toString();
  }
}
