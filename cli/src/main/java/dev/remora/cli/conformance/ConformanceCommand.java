package dev.remora.cli.conformance;

import picocli.CommandLine.Command;

/** Comparisons with references, for CI and for users' own tokenizers. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Compare with a reference; ends with 'N passed, M failed', and 1 if any failed.",
    subcommands = {
      IdsConformance.class,
      EnginesConformance.class,
      TemplatesConformance.class,
      EncodingsConformance.class,
      ResponsesConformance.class,
      ConfigsConformance.class,
      HostileConformance.class,
      GoldenConformance.class,
      HashesConformance.class,
      PublishedConformance.class,
      SeamsConformance.class
    })
public final class ConformanceCommand {}
