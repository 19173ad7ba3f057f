package dev.remora.jinja.parse;

import dev.remora.jinja.parse.SourceToken.Kind;
import dev.remora.jinja.text.PythonCharacters;
import java.util.ArrayList;
import java.util.List;

/**
 * Source to tokens, with Jinja's {@code trim_blocks} and {@code lstrip_blocks} on: a newline after
 * a block tag is dropped, and so is white space between the start of a line and a block tag.
 */
final class TemplateLexer {
  private final String source;
  private final List<SourceToken> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineCountedTo;
  private boolean lineStarts = true;

  private TemplateLexer(String source) {
    this.source = source;
  }

  /** The tokens of a source; the last one is {@link Kind#END}. */
  static List<SourceToken> tokens(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    TemplateLexer lexer =
        new TemplateLexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    while (lexer.at < lexer.source.length()) {
      lexer.readData();
    }
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void readData() {
    int tag = nextTag();
    if (tag < 0) {
      addData(source.substring(at));
      at = source.length();
      return;
    }
    char kind = source.charAt(tag + 1);
    char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : 0;
    addData(stripped(source.substring(at, tag), sign, kind != '{'));
    at = tag + (sign == '-' || sign == '+' ? 3 : 2);
    switch (kind) {
      case '#' -> skipComment();
      case '{' -> readTag(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, "}}");
      default -> readBlock();
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }

  private int nextTag() {
    for (int open = source.indexOf('{', at); open >= 0; open = source.indexOf('{', open + 1)) {
      char next = open + 1 < source.length() ? source.charAt(open + 1) : 0;
      if (next == '{' || next == '%' || next == '#') {
        return open;
      }
    }
    return -1;
  }

  private String stripped(String text, char sign, boolean block) {
    if (sign == '-') {
      return text.substring(0, PythonCharacters.spaceStart(text));
    }
    int lineStart = text.lastIndexOf('\n') + 1;
    boolean atLineStart = lineStart > 0 || lineStarts;
    if (block
        && sign != '+'
        && atLineStart
        && PythonCharacters.spaceEnd(text, lineStart) == text.length()) {
      return text.substring(0, lineStart);
    }
    return text;
  }

  private void skipComment() {
    int close = source.indexOf("#}", at);
    if (close < 0) {
      throw new SyntaxFailure("Missing end of comment tag", lineHere());
    }
    char sign = close > at ? source.charAt(close - 1) : 0;
    at = close + 2;
    trimAfter(sign);
  }

  /** After a block tag: {@code -} drops all white space, {@code +} nothing, else one newline. */
  private void trimAfter(char sign) {
    if (sign == '-') {
      at = PythonCharacters.spaceEnd(source, at);
    } else if (sign != '+' && source.startsWith("\n", at)) {
      at++;
    }
  }

  private void readBlock() {
    int name = PythonCharacters.spaceEnd(source, at);
    int after = name + 3;
    if (source.startsWith("raw", name) && isRawEnd(PythonCharacters.spaceEnd(source, after))) {
      readRaw(PythonCharacters.spaceEnd(source, after));
    } else {
      readTag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
    }
  }

  private boolean isRawEnd(int position) {
    return source.startsWith("%}", position) || source.startsWith("-%}", position);
  }

  private void readRaw(int close) {
    boolean strip = source.charAt(close) == '-';
    at = strip ? PythonCharacters.spaceEnd(source, close + 3) : close + 2;
    lineStarts = source.charAt(at - 1) == '\n';
    for (int tag = source.indexOf("{%", at); tag >= 0; tag = source.indexOf("{%", tag + 1)) {
      char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : 0;
      int name = PythonCharacters.spaceEnd(source, tag + (sign == '-' || sign == '+' ? 3 : 2));
      int end = PythonCharacters.spaceEnd(source, Math.min(source.length(), name + 6));
      char endSign = end < source.length() ? source.charAt(end) : 0;
      int mark = endSign == '-' || endSign == '+' ? end + 1 : end;
      if (source.startsWith("endraw", name) && source.startsWith("%}", mark)) {
        addData(stripped(source.substring(at, tag), sign, true));
        at = mark + 2;
        trimAfter(endSign);
        return;
      }
    }
    throw new SyntaxFailure("Missing end of raw directive", lineHere());
  }

  private void readTag(Kind begin, Kind end, String close) {
    add(begin, "");
    TagLexer tag = new TagLexer(source, at, close, lineHere());
    tag.read(tokens);
    at = tag.end();
    add(end, "");
    at += close.length();
    if (tag.closingSign() == '-') {
      at = PythonCharacters.spaceEnd(source, at);
    } else if (end == Kind.BLOCK_END) {
      trimAfter(tag.closingSign());
    }
  }

  private void addData(String text) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(SourceToken.of(kind, text, lineHere()));
  }

  private int lineHere() {
    for (; lineCountedTo < at; lineCountedTo++) {
      if (source.charAt(lineCountedTo) == '\n') {
        line++;
      }
    }
    return line;
  }
}
