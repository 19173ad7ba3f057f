package dev.remora.cli;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.SpecialTokens;
import dev.remora.cli.source.Source;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    if (fact instanceof List<?> rows) {
      out().printf(Locale.ROOT, "%-20s%n", name);
      rows.forEach(row -> out().println("  " + Printable.of(row.toString())));
    } else {
      out().printf(Locale.ROOT, "%-20s %s%n", name, Printable.of(fact.toString()));
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
