package dev.remora.cli;

import dev.remora.DecodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import dev.remora.cli.source.Source;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.cli.view.ColoredTokens;
import dev.remora.text.Printable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job, shown: a worker's tokenizer arrives, is checked, and tokenizes. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Fetch a tokenizer from a worker and show each step.")
final class DemoCommand extends Verb {
  private static final List<String> TEXTS =
      List.of(
          "The remora travels with its host.",
          "Der Schiffshalter reist mit seinem Wirt.",
          "Прилипала путешествует со своим хозяином.",
          "鮣魚隨宿主而行。",
          "コバンザメは宿主と共に旅をする。",
          "빨판상어는 숙주와 함께 여행한다.",
          "ريمورا تسافر مع مضيفها.",
          "रेमोरा अपने मेज़बान के साथ चलती है।",
          "🦈👩‍👩‍👧‍👦 for (int i = 0; i < n; i++) { sum += a[i]; }");

  @Mixin private Source source;

  @Override
  public Integer call() {
    StepTimes times = new StepTimes();
    return source.use(this, times, tokenizer -> show(tokenizer, times));
  }

  private int show(Tokenizer tokenizer, StepTimes times) {
    boolean equal = json() ? showJson(tokenizer, times) : showText(tokenizer, times);
    out().flush();
    if (!equal) {
      throw new CommandFailure("the decoded text differs from the original");
    }
    return 0;
  }

  private boolean showText(Tokenizer tokenizer, StepTimes times) {
    BundleInfo bundle = tokenizer.bundle();
    row("model", bundle.modelIdentifier().orElse("(not named)"));
    row("received", times.received());
    row("fingerprint", bundle.fingerprint().toString());
    row("content digest", bundle.digest().hex());
    for (BundleFile file : bundle.files()) {
      row("file", String.format(Locale.ROOT, "%s, %,d bytes", file.name(), file.length()));
    }
    times
        .millis()
        .forEach((step, millis) -> row(step, String.format(Locale.ROOT, "%.1f ms", millis)));
    row("engine", tokenizer.engine().name());
    row("vocabulary", String.format(Locale.ROOT, "%,d tokens", tokenizer.vocabularySize()));
    boolean equal = true;
    for (String text : TEXTS) {
      equal &= showText(tokenizer, text);
    }
    return equal;
  }

  private boolean showText(Tokenizer tokenizer, String text) {
    Encoding encoding = tokenizer.encode(text);
    String decoded = tokenizer.decode(encoding.ids(), DecodeOptions.SKIP_SPECIAL_TOKENS);
    out().println();
    out().println(ColoredTokens.of(text, encoding, spec().commandLine().getColorScheme().ansi()));
    out()
        .println(
            Arrays.stream(encoding.ids())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" ", "ids     ", "")));
    boolean equal = decoded.equals(text);
    out().println("decoded " + decoded + (equal ? "  (equal)" : "  (DIFFERS)"));
    return equal;
  }

  private void row(String name, String value) {
    out().printf(Locale.ROOT, "%-15s %s%n", name, Printable.of(value));
  }

  private boolean showJson(Tokenizer tokenizer, StepTimes times) {
    BundleInfo bundle = tokenizer.bundle();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", bundle.modelIdentifier().orElse(""));
    facts.put("received", times.received());
    facts.put("fingerprint", bundle.fingerprint().sha256().orElse(""));
    facts.put("fingerprint_check", bundle.fingerprint().check().name());
    facts.put("content_digest", bundle.digest().hex());
    facts.put("milliseconds", times.millis());
    facts.put("engine", tokenizer.engine().name());
    boolean equal = true;
    Map<String, int[]> ids = new LinkedHashMap<>();
    for (String text : TEXTS) {
      ids.put(text, tokenizer.encode(text).ids());
      equal &= tokenizer.decode(ids.get(text), DecodeOptions.SKIP_SPECIAL_TOKENS).equals(text);
    }
    facts.put("ids", ids);
    facts.put("equal", equal);
    out().println(Json.write(facts));
    return equal;
  }
}
