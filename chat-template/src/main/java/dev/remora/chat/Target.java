package dev.remora.chat;

import java.util.List;

/** What a value can be assigned to. */
interface Target {
  void assign(Scope scope, Object value);

  /** Several targets, each for one element. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void assign(Scope scope, Object value) {
      if (!Iteration.isPossible(value)) {
        throw new Failure("cannot unpack non-iterable " + Types.name(value) + " object");
      }
      List<Object> items = Iteration.list(scope.rendering(), value);
      if (items.size() > targets.size()) {
        throw new Failure("too many values to unpack (expected " + targets.size() + ")");
      }
      if (items.size() < targets.size()) {
        throw new Failure(
            "not enough values to unpack (expected %d, got %d)"
                .formatted(targets.size(), items.size()));
      }
      for (int index = 0; index < targets.size(); index++) {
        targets.get(index).assign(scope, items.get(index));
      }
    }
  }

  /** An attribute of a namespace. */
  record Attribute(String namespace, String name) implements Target {
    @Override
    public void assign(Scope scope, Object value) {
      if (!(scope.get(namespace) instanceof Namespace target)) {
        throw new Failure("cannot assign attribute on non-namespace object");
      }
      target.values().put(name, value);
    }
  }
}
