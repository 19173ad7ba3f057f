package dev.remora.conformance.hostile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The child's side: a JVM that tries one bundle after the other, as it is asked on standard input.
 * It tells of each step before it is done, so that the parent knows which one ended it.
 */
public final class TrialServer {
  static final int STEP = 1;
  static final int END = 2;

  private final TrialSubject subject;
  private final DataOutputStream answers =
      new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));

  private TrialServer(TrialSubject subject) {
    this.subject = subject;
  }

  /** Serves until standard input ends. The class whose {@code main} calls this is the child's. */
  public static void serve(TrialSubject subject) throws IOException, InterruptedException {
    System.setOut(System.err); // standard output is the parent's
    TrialServer server = new TrialServer(subject);
    DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
    try {
      while (true) {
        server.answer(TrialRequest.read(requests));
      }
    } catch (EOFException e) {
      System.exit(0); // whatever threads are left
    }
  }

  private void answer(TrialRequest request) throws IOException, InterruptedException {
    BundleTrial bundle = new BundleTrial(subject, this::step);
    TrialThread trial =
        new TrialThread(() -> bundle.run(request.directory(), request.engine(), request.texts()));
    String failure = trial.watch(request.limits());
    synchronized (answers) {
      answers.writeByte(END);
      TrialRequest.writeStrings(answers, List.of(failure));
      TrialRequest.writeStrings(answers, trial.results());
      answers.flush();
    }
  }

  private void step(String step) {
    synchronized (answers) {
      try {
        answers.writeByte(STEP);
        TrialRequest.writeStrings(answers, List.of(step));
        answers.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
