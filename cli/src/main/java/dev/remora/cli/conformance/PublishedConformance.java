package dev.remora.cli.conformance;

import dev.remora.Tokenizer;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.PublishedIds;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether a tokenizer gives the ids that a project published. */
@Command(
    name = "published",
    mixinStandardHelpOptions = true,
    description = "Compare a tokenizer directory with ids that kitoken published.")
final class PublishedConformance extends Verb {
  @Parameters(index = "0", paramLabel = "DIR", description = "The bundle to compare.")
  private Path bundle;

  @Option(
      names = "--ids",
      required = true,
      paramLabel = "DIR",
      description = "A directory with KIND_input.txt and KIND_tokens_NAME.txt.")
  private Path ids;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What the files call the tokenizer.")
  private String name;

  @Mixin private ChosenEngine engine;

  @Override
  public Integer call() {
    try (Tokenizer tokenizer = engine.open(bundle)) {
      return finish(PublishedIds.run(ids, name, tokenizer, out()::println));
    } catch (IOException e) {
      throw new CommandFailure("the ids cannot be read: " + e.getMessage(), e);
    }
  }
}
