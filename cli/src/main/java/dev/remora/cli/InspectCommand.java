package dev.remora.cli;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import dev.remora.cli.source.Source;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.text.Printable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a tokenizer was built from, and how. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Print the facts of a bundle and its tokenizer.")
final class InspectCommand extends Verb {
  @Mixin private Source source;

  @Override
  public Integer call() {
    return source.use(
        this,
        tokenizer -> {
          Map<String, Object> facts = facts(tokenizer);
          if (json()) {
            out().println(Json.write(facts));
          } else {
            facts.forEach(this::print);
          }
          out().flush();
          return 0;
        });
  }

  private void print(String name, Object fact) {
    if (fact instanceof List<?> files) {
      files.forEach(file -> print("file", (Map<?, ?>) file));
    } else if (fact instanceof Map<?, ?> map) {
      map.forEach((key, value) -> row(name, key + " " + value));
    } else if (fact instanceof Collection<?> ids) {
      row(name, ids.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    } else if (fact instanceof Boolean isSo) {
      row(name, isSo ? "yes" : "no");
    } else if (fact instanceof Integer number) {
      row(name, String.format(Locale.ROOT, "%,d", number));
    } else {
      row(name, fact.toString());
    }
  }

  private void print(String title, Map<?, ?> file) {
    row(
        title,
        file.get("name") + ", " + file.get("length") + " bytes, SHA-256 " + file.get("sha256"));
  }

  /** A fact that is there. */
  private void row(String name, String fact) {
    if (!fact.isEmpty()) {
      out().printf(Locale.ROOT, "%-18s %s%n", name, Printable.of(fact));
    }
  }

  private static Map<String, Object> facts(Tokenizer tokenizer) {
    BundleInfo bundle = tokenizer.bundle();
    SpecialTokens special = tokenizer.specialTokens();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", bundle.modelIdentifier().orElse(""));
    facts.put("form", bundle.form());
    facts.put("engine", tokenizer.engine().name());
    facts.put("declined", tokenizer.engine().declined());
    facts.put("reference", tokenizer.engine().reference().toString());
    facts.put("fingerprint", bundle.fingerprint().sha256().orElse(""));
    facts.put("fingerprint check", bundle.fingerprint().check().name());
    facts.put("proof", bundle.proof().name());
    facts.put("content digest", bundle.digest().hex());
    facts.put("vocabulary size", tokenizer.vocabularySize());
    facts.put("special tokens", special.byRole());
    facts.put("adds BOS", special.addsBos());
    facts.put("adds EOS", special.addsEos());
    facts.put("EOS ids", special.eosIds());
    facts.put("files", bundle.files().stream().map(InspectCommand::file).toList());
    return facts;
  }

  private static Map<String, Object> file(BundleFile file) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", file.name());
    facts.put("length", file.length());
    facts.put("sha256", file.sha256());
    return facts;
  }
}
