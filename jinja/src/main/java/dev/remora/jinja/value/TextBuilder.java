package dev.remora.jinja.value;

/** A string that grows within a budget. */
public final class TextBuilder {
  private final StringBuilder characters = new StringBuilder();
  private final Budget budget;

  public TextBuilder(Budget budget) {
    this.budget = budget;
  }

  /** Appends text of the interpreter's own, such as a quote or a sign. */
  public TextBuilder append(String text) {
    budget.building(text.length());
    budget.checkLength((long) characters.length() + text.length());
    characters.append(text);
    return this;
  }

  /** Appends a character of the interpreter's own. */
  public TextBuilder append(char c) {
    budget.checkLength(characters.length() + 1L);
    characters.append(c);
    return this;
  }

  /** Appends a string. */
  public TextBuilder append(StringValue string) {
    return append(string.text());
  }

  /** Appends a string a number of times; a count below 1 appends nothing. */
  public TextBuilder repeat(StringValue string, long count) {
    String text = string.text();
    if (count > 0 && !text.isEmpty()) {
      long length = count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * text.length();
      budget.building(length);
      budget.checkLength(characters.length() + length);
      characters.append(text.repeat((int) count));
    }
    return this;
  }

  /** The string so far. */
  public StringValue build() {
    return StringValue.of(characters.toString());
  }
}
