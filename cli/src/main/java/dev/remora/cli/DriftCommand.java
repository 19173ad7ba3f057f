package dev.remora.cli;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleDrift.Difference;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.source.SourceList;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.Tokenizers;
import dev.remora.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether several workers and directories have one tokenizer, and what differs where not. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the bundles of workers and directories with that of the first worker, or of the first"
          + " directory without workers. Prints a line for each file that differs; exit code 1 if"
          + " any does."
    })
final class DriftCommand extends Verb {
  @Mixin private SourceList sources;

  @Override
  public Integer call() {
    boolean equal = true;
    try (SourceList.Opened opened = sources.open(this)) {
      if (opened.all().size() < 2) {
        throw wrongUsage("there is nothing to compare: give --worker or --dir twice or more");
      }
      TokenizerBundle first = null;
      for (SourceList.Named named : opened.all()) {
        TokenizerBundle bundle =
            RemoteTokenizerLoader.of(named.source(), opened.options()).loadBundle();
        first = first == null ? bundle : first;
        BundleDrift drift = Tokenizers.compare(first, bundle);
        print(named.name(), bundle, drift);
        equal &= drift.isNone();
      }
    }
    out().flush();
    return equal ? 0 : 1;
  }

  private void print(String source, TokenizerBundle bundle, BundleDrift drift) {
    if (json()) {
      out().println(Json.write(facts(source, bundle, drift)));
      return;
    }
    String name = Printable.of(source);
    if (drift.isNone()) {
      out().println(name + " has content " + bundle.digest());
    }
    drift.differences().stream()
        .collect(Collectors.groupingBy(Difference::file, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (file, differences) ->
                out()
                    .println(
                        name
                            + " "
                            + Printable.of(file)
                            + ": "
                            + differences.stream()
                                .map(Difference::text)
                                .collect(Collectors.joining("; "))));
    if (drift.more() > 0) {
      out().println(name + " and " + drift.more() + " more differences");
    }
  }

  private static Map<String, Object> facts(
      String source, TokenizerBundle bundle, BundleDrift drift) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("content digest", bundle.digest().hex());
    facts.put("equal", drift.isNone());
    facts.put("differences", drift.differences().stream().map(DriftCommand::facts).toList());
    facts.put("more", drift.more());
    return facts;
  }

  private static Map<String, Object> facts(Difference difference) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", difference.file());
    facts.put("part", difference.part().name());
    facts.put("member", difference.member());
    difference.expected().ifPresent(value -> facts.put("expected", value));
    difference.actual().ifPresent(value -> facts.put("actual", value));
    return facts;
  }
}
