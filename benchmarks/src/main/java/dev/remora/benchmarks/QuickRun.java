package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.BatchRow;
import dev.remora.benchmarks.Report.LoadRow;
import dev.remora.benchmarks.Report.TaskRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * About two and a half minutes: every contender on every task and text, interleaved. The ratios of
 * such a run hold; its absolute figures move with the machine.
 */
final class QuickRun {
  private static final int LOADS = 5;

  private final Interleaved clock = new Interleaved();
  private final List<TaskRow> tasks = new ArrayList<>();
  private final List<LoadRow> loads = new ArrayList<>();
  private final List<FreshLoad.Row> freshLoads = new ArrayList<>();
  private final List<BatchRow> batches = new ArrayList<>();

  Report run(List<String> models, String command) throws IOException {
    for (String name : models) {
      Model model = Model.of(name);
      runTasks(model);
      BatchRun.of(model).ifPresent(batches::add);
      runLoads(model);
      FreshLoad.of(model).ifPresent(freshLoads::add);
    }
    return Report.of(command, tasks, loads, freshLoads, batches);
  }

  /** A contender with the model of the moment. */
  private record Entrant(Contender contender, Subject subject) {}

  private void runTasks(Model model) {
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : Contender.values()) {
        contender.open(model).ifPresent(subject -> entrants.add(new Entrant(contender, subject)));
      }
      for (Task task : Task.values()) {
        for (Corpus corpus : task.corpora()) {
          runTask(model, task, corpus, entrants);
        }
      }
    } finally {
      entrants.forEach(entrant -> entrant.subject().close());
    }
  }

  private void runTask(Model model, Task task, Corpus corpus, List<Entrant> entrants) {
    Subject reference = entrants.get(0).subject(); // DJL's encode, which is always there
    List<String> texts = corpus.texts();
    List<Contender> doers = new ArrayList<>();
    List<IntSupplier> works = new ArrayList<>();
    for (Entrant entrant : entrants) {
      task.of(entrant.subject(), texts)
          .ifPresent(
              work -> {
                EqualResults.check(
                    reference, model, corpus, texts, entrant.contender(), entrant.subject());
                doers.add(entrant.contender());
                works.add(work);
              });
    }
    List<String> first = texts.subList(0, Math.min(10, texts.size()));
    int bytes = first.stream().mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    int ids = first.stream().mapToInt(text -> reference.encode().apply(text).length).sum();
    List<List<Double>> nanos = clock.time(works);
    for (int index = 0; index < works.size(); index++) {
      tasks.add(
          new TaskRow(
              model.name(),
              task,
              corpus,
              doers.get(index),
              bytes / first.size(),
              ids / first.size(),
              clock.allocated(works.get(index)),
              nanos.get(index)));
    }
    System.err.printf(Locale.ROOT, "%s %s %s (%,d)%n", model.name(), task, corpus, clock.results());
  }

  private void runLoads(Model model) throws IOException {
    loads.addAll(LoadRun.of(model, LOADS));
    System.err.printf(Locale.ROOT, "%s loads%n", model.name());
  }
}
