package dev.remora.cli.conformance;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.conformance.hostile.HostileTrials;
import dev.remora.conformance.hostile.TrialLimits;
import dev.remora.conformance.hostile.TrialServer;
import dev.remora.conformance.hostile.TrialSubject;
import dev.remora.core.engine.Engines;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import dev.remora.remote.registry.SelfCheck;
import dev.remora.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether bundles that were made to do harm do none. */
@Command(
    name = "hostile",
    mixinStandardHelpOptions = true,
    description = "Try bundles made to do harm, each on every engine, in JVMs that may end.")
final class HostileConformance extends Verb {
  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "A directory of bundles, or of definitions NAME.json, each with a NAME.text.")
  private Path directory;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Try this engine; may be given several times (default: all).")
  private List<String> engines = Engines.installed().stream().map(TokenizerEngine::name).toList();

  @Override
  public Integer call() throws InterruptedException {
    try {
      return finish(
          HostileTrials.run(
              directory,
              engines,
              Child.class,
              TrialLimits.DEFAULT,
              line -> {
                out().println(Printable.of(line));
                out().flush();
              }));
    } catch (IOException e) {
      throw CommandFailure.of(directory.toString(), e);
    }
  }

  /** The JVM that may end. */
  static final class Child implements TrialSubject {
    private Child() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      TrialServer.serve(new Child());
    }

    @Override
    public TokenizerBundle read(Path bundle) {
      return Tokenizers.readDirectory(bundle, LoadOptions.DEFAULT);
    }

    @Override
    public Tokenizer load(Path bundle, String engine) {
      return Tokenizers.fromDirectory(bundle, LoadOptions.builder().engine(engine).build());
    }

    @Override
    public void selfCheck(Tokenizer tokenizer) {
      SelfCheck.check(tokenizer);
    }
  }
}
