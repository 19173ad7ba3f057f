package dev.remora.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ParameterException;

/** What verbs read: arguments, or standard input in UTF-8. */
final class Inputs {
  private Inputs() {}

  /** The texts of the arguments; without any, all of standard input as one text. */
  static List<String> orStandardInput(List<String> texts) {
    if (!texts.isEmpty()) {
      return texts;
    }
    try {
      return List.of(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure("standard input: " + e, e);
    }
  }

  /** Hands each line of standard input on; a failure names the line, from 1. */
  static void eachLine(Consumer<String> use) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        use.accept(line);
      }
    } catch (IOException e) {
      throw new CommandFailure("standard input: " + e, e);
    } catch (CommandFailure e) {
      throw new CommandFailure("line " + number + ": " + e.getMessage(), e);
    }
  }

  static void refuseBoth(
      Verb verb, String one, boolean oneGiven, String other, boolean otherGiven) {
    if (oneGiven && otherGiven) {
      throw new ParameterException(
          verb.spec().commandLine(), one + " and " + other + " exclude each other");
    }
  }
}
